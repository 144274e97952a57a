package dev.pequel.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** A process of {@code pequel-local.jar} on a free port. It ends with this JVM, even if this JVM is killed. */
final class LocalService implements CloseableResource, AutoCloseable {

    /** Halves the CPU time of a start, which matters more to tests than optimized code. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+?:\\d+)");
    private static final Pattern FAILED_SEEDS = Pattern.compile("\"state\"\\s*:\\s*\"failed\"");
    private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration READY_INTERVAL = Duration.ofMillis(50);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final System.Logger LOG = System.getLogger("dev.pequel.local");

    private final Process process;
    private final Pequel pequel;

    private LocalService(Process process, Pequel pequel) {
        this.process = process;
        this.pequel = pequel;
    }

    /**
     * Starts a service. Returns when its seeds are loaded.
     *
     * @throws IllegalStateException with the output of the process if it ends, or with the reason if a seed fails
     */
    static LocalService start(Path jar, Optional<Path> seeds) {
        Process process = launch(jar.toAbsolutePath(), seeds.map(Path::toAbsolutePath));
        try {
            LocalService service = new LocalService(process, Pequel.at(awaitAddress(process)));
            service.awaitReady();
            return service;
        } catch (IOException e) {
            process.destroyForcibly();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    Pequel pequel() {
        return pequel;
    }

    /** Stops the process, and waits until it has deleted its data. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts the process in the directory of the jar and without {@code QUARKUS_} variables, because Quarkus settings
     * in the working directory and the environment are those of the project under test.
     */
    private static Process launch(Path jar, Optional<Path> seeds) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_START);
        command.addAll(List.of("-jar", jar.toString(), "--port", "0"));
        command.addAll(
                List.of("--parent", String.valueOf(ProcessHandle.current().pid())));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(jar.getParent().toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        builder.environment().remove("PEQUEL_SEED_DIRECTORY");
        seeds.ifPresent(directory -> builder.environment().put("PEQUEL_SEED_DIRECTORY", directory.toString()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the output up to the address. Later output is logged, so that the process never blocks on a full pipe. */
    private static URI awaitAddress(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder read = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            LOG.log(System.Logger.Level.DEBUG, line);
            read.append(line).append(System.lineSeparator());
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> log(output));
                return URI.create(listening.group(1));
            }
        }
        throw new IllegalStateException("pequel-local ended before it was ready:" + System.lineSeparator() + read);
    }

    private static void log(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                LOG.log(System.Logger.Level.DEBUG, line);
            }
        } catch (IOException ended) {
            // There is nothing left to read.
        }
    }

    private void awaitReady() {
        long start = System.nanoTime();
        HttpResponse<String> health = pequel.exchange("GET", "/q/health/ready", BodyPublishers.noBody());
        while (health.statusCode() != 200) {
            if (FAILED_SEEDS.matcher(health.body()).find()) {
                throw new IllegalStateException("The seeds are not loaded. " + reason(health.body()));
            }
            if (System.nanoTime() - start > READY_TIMEOUT.toNanos()) {
                throw new IllegalStateException(
                        "pequel-local is not ready after " + READY_TIMEOUT + ": " + health.body());
            }
            pause();
            health = pequel.exchange("GET", "/q/health/ready", BodyPublishers.noBody());
        }
    }

    private static String reason(String health) {
        Matcher reason = REASON.matcher(health);
        return reason.find() ? reason.group(1) : health;
    }

    private static void pause() {
        try {
            Thread.sleep(READY_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pequel-local starts", e);
        }
    }
}
