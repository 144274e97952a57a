package dev.pequel;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The packaged service as a process of its own, on a free port. */
final class PackagedService implements AutoCloseable {

    static final Path APPLICATION = Path.of("target", "quarkus-app");

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+:\\d+)");

    private final Process process;

    private PackagedService(Process process) {
        this.process = process;
    }

    /** @param settings names as in a properties file */
    static PackagedService start(Map<String, String> settings) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, "-jar", APPLICATION.resolve("quarkus-run.jar").toString())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        settings.forEach((name, value) -> builder.environment().put(environmentVariable(name), value));
        return new PackagedService(builder.start());
    }

    private static String environmentVariable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Waits until the service listens; the rest of its log is read away, so that it cannot block on it. */
    String address() throws IOException {
        BufferedReader log = process.inputReader();
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            var listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> drain(log));
                return listening.group(1).replace("0.0.0.0", "localhost");
            }
        }
        throw new AssertionError("The service ended:\n" + read);
    }

    /** A request to the service at this address. */
    static RequestSpecification request(String address) {
        return RestAssured.given().baseUri(address);
    }

    /** Everything the service says until it ends by itself, and its exit status. */
    Ended waitUntilItEnds() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), output);
    }

    record Ended(int status, String output) {}

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static void drain(BufferedReader log) {
        try {
            log.skip(Long.MAX_VALUE);
        } catch (IOException ended) {
            // There is nothing left to read.
        }
    }
}
