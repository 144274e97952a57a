package dev.pequel.local;

import dev.pequel.BootstrapConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of the command line of {@code pequel-local}.
 *
 * @param data directory in which the data is kept; empty to keep nothing
 * @param parent id of the process with which this one ends
 * @param settings settings of the service that the options set
 */
record LocalOptions(Optional<Path> data, Optional<Long> parent, Map<String, String> settings) {

    private static final String DATA = "pequel.local.data";

    private static final String USAGE = """
            Usage: java -jar pequel-local.jar [OPTION]...
              --data DIR   keep the data in this directory (PEQUEL_LOCAL_DATA); by default, it is deleted on exit
              --port PORT  listen on this port instead of 8080 (QUARKUS_HTTP_PORT)
              --parent PID exit when the process with this id exits
              --sample     load the sample profiles into an empty sandbox `prod` of `dev@Pequel` (PEQUEL_SAMPLE_ENABLED=true)
            All settings of the service can also be set as environment variables or system properties. `health` in place of
            options checks whether a running service is ready.""";

    LocalOptions {
        settings = Map.copyOf(settings);
    }

    /** Parses the arguments. Prints the usage and exits with status 2 if they are invalid. */
    static LocalOptions read(String[] args, BootstrapConfig environment) {
        Optional<Path> data = environment.find(DATA).map(Path::of);
        Optional<Long> parent = Optional.empty();
        Map<String, String> settings = new HashMap<>();
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--data" -> data = Optional.of(Path.of(value(option, rest)));
                case "--port" -> settings.put("quarkus.http.port", value(option, rest));
                case "--parent" -> parent = Optional.of(number(option, rest));
                case "--sample" -> settings.put("pequel.sample.enabled", "true");
                case "--help" -> {
                    System.out.println(USAGE);
                    System.exit(0);
                }
                default -> refuse("There is no option " + option + ".");
            }
        }
        return new LocalOptions(data.map(Path::toAbsolutePath), parent, settings);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            refuse(option + " needs a value.");
        }
        return rest.next();
    }

    private static long number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        if (!value.matches("\\d{1,18}")) {
            refuse(option + " needs a number.");
        }
        return Long.parseLong(value);
    }

    private static void refuse(String problem) {
        System.err.println(problem + "\n" + USAGE);
        System.exit(2);
    }

    /** Returns the location of the data, as the end of a sentence. */
    String whereDataIs() {
        return data.map(directory -> "kept in " + directory).orElse("deleted on exit (use --data DIR to keep it)");
    }
}
