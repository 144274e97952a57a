package dev.pequel;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The packaged service as a process of its own, on a free port: what was packaged last, on a JVM or native. */
public final class PackagedService implements AutoCloseable {

    /** A service that lives for seconds has no use for better machine code, which takes half of its start to make. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path TARGET = Path.of("target");

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^\\s\"]+?:\\d+)");

    private final Process process;
    private final Consumer<String> log;
    private Optional<String> address = Optional.empty();

    private PackagedService(Process process, Consumer<String> log) {
        this.process = process;
        this.log = log;
    }

    /** @param settings names as in a properties file */
    public static PackagedService start(Map<String, String> settings) throws IOException {
        return start(settings, List.of(), line -> {});
    }

    /**
     * @param settings names as in a properties file
     * @param options of the virtual machine
     * @param log gets the lines that the service writes
     */
    public static PackagedService start(Map<String, String> settings, List<String> options, Consumer<String> log)
            throws IOException {
        return start(HERE, settings, options, log);
    }

    /** @param directory the one that it works in, where {@code config/application.properties} may be */
    static PackagedService start(
            Path directory, Map<String, String> settings, List<String> options, Consumer<String> log)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("quarkus.http.port", "0"));
        all.putAll(settings);
        return new PackagedService(process(directory, command(options), all), log);
    }

    /** Asks the service at this address whether it is ready, as a container does. */
    static Ended askForHealth(String address) throws IOException, InterruptedException {
        return askForHealth(HERE, Map.of("quarkus.http.port", port(address)), List.of());
    }

    /** Asks the service that has these settings. */
    public static Ended askForHealth(Map<String, String> settings) throws IOException, InterruptedException {
        return askForHealth(HERE, settings, List.of());
    }

    /** Asks the service that has these settings. */
    static Ended askForHealth(Path directory, Map<String, String> settings, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = command(options);
        command.add("health");
        return new PackagedService(process(directory, command, settings), line -> {}).waitUntilItEnds();
    }

    /** What the package writes when it is started with these arguments, and no settings of the service. */
    public static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = command(List.of());
        command.addAll(List.of(arguments));
        return new PackagedService(process(HERE, command, Map.of()), line -> {}).waitUntilItEnds();
    }

    static String port(String address) {
        return String.valueOf(URI.create(address).getPort());
    }

    private static List<String> command(List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        if (isNative()) {
            command.add(path().toString());
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(QUICK_START);
            command.addAll(options);
            command.addAll(List.of("-jar", path().toString()));
        }
        return command;
    }

    private static Process process(Path directory, List<String> command, Map<String, String> settings)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        settings.forEach((name, value) -> builder.environment().put(environmentVariable(name), value));
        return builder.start();
    }

    static boolean isNative() throws IOException {
        return artifact().getProperty("type").equals("native");
    }

    /** Whether it has a database of its own, as the Maven profile {@code local} packages it. */
    public static boolean isLocal() throws IOException {
        return artifact().getProperty("path").endsWith("pequel-local.jar");
    }

    /** All that a service with these settings says, which ends by itself. */
    public static String outputOf(Map<String, String> settings) throws IOException, InterruptedException {
        return start(settings).waitUntilItEnds().output();
    }

    /** The executable, or the jar to start. */
    static Path path() throws IOException {
        return TARGET.resolve(artifact().getProperty("path")).toAbsolutePath();
    }

    /** Where the jars are; those that a native executable was made of are beside it. */
    static Path libraries() throws IOException {
        return isNative()
                ? Path.of(path().toString().replaceFirst("-runner$", "-native-image-source-jar"))
                : path().getParent();
    }

    /** What Quarkus wrote down about the package. */
    private static Properties artifact() throws IOException {
        Properties artifact = new Properties();
        try (Reader file = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(file);
        }
        return artifact;
    }

    private static String environmentVariable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Waits until the service listens; the rest of its log is read away, so that it cannot block on it. */
    public String address() throws IOException {
        if (address.isEmpty()) {
            address = Optional.of(waitForAddress());
        }
        return address.get();
    }

    private String waitForAddress() throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder read = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.accept(line);
            read.append(line).append('\n');
            var listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> drain(output));
                return listening.group(1).replace("0.0.0.0", "localhost");
            }
        }
        throw new AssertionError("The service ended:\n" + read);
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    /** A request to the service at this address. */
    public static RequestSpecification request(String address) {
        return RestAssured.given().baseUri(address);
    }

    /** Everything the service says until it ends by itself, and its exit status. */
    Ended waitUntilItEnds() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), output);
    }

    public record Ended(int status, String output) {}

    /** {@code kill}: the service is told to stop. */
    void terminate() {
        // Not the process' own method, which also closes the streams, and with them the rest of the log.
        process.toHandle().destroy();
    }

    /** Waits until a service whose address was asked for ends, and answers its exit status. */
    int status() throws InterruptedException {
        return process.waitFor();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private void drain(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.accept(line);
            }
        } catch (IOException ended) {
            // There is nothing left to read.
        }
    }
}
