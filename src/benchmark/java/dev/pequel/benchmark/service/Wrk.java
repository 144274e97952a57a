package dev.pequel.benchmark.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs {@code wrk} against a service. A Lua script makes it send the requests of a load in random order. */
final class Wrk {

    private static final int THREADS = 2;
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99% +(\\S+)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

    /** Each thread has a seed of its own, so that threads differ and runs do not. Requests are formatted beforehand. */
    private static final String RANDOM_REQUESTS = """
            local threads = 0

            function setup(thread)
              threads = threads + 1
              thread:set("seed", threads)
            end

            local requests = {}

            function init()
              math.randomseed(seed)
              for i, path in ipairs(paths) do
                requests[i] = wrk.format(nil, path)
              end
            end

            function request()
              return requests[math.random(#requests)]
            end
            """;

    private final Path directory;
    private final int connections;

    /** @param directory of the scripts */
    Wrk(Path directory, int connections) {
        this.directory = directory;
        this.connections = connections;
    }

    int connections() {
        return connections;
    }

    WrkResult run(RunningService service, Load load, int seconds) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t" + THREADS,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--latency",
                        "-s",
                        script(service.service(), load).toString(),
                        service.address())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0) {
            throw new IOException(output);
        }
        Matcher failed = FAILED.matcher(output);
        return new WrkResult(
                Double.parseDouble(find(RATE, output)),
                find(P99, output),
                failed.find() ? failed.group() : WrkResult.NONE_FAILED);
    }

    private Path script(ServicePackage service, Load load) throws IOException {
        String post = load.body()
                .map(body -> "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\n"
                        + "wrk.body = [==[" + body + "]==]\n")
                .orElse("");
        String paths = load.paths().stream().map(path -> "  \"" + path + "\"").collect(Collectors.joining(",\n"));
        Files.createDirectories(directory);
        return Files.writeString(
                directory.resolve(service.name() + "-" + load.measure().label().replace(' ', '-') + ".lua"),
                post + "local paths = {\n" + paths + "\n}\n\n" + RANDOM_REQUESTS);
    }

    private static String find(Pattern pattern, String output) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException(output);
        }
        return matcher.group(1);
    }
}
