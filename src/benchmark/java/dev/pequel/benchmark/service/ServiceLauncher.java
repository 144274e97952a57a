package dev.pequel.benchmark.service;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Starts services and measures the time to their first response, which is a page of rows. */
final class ServiceLauncher {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofNanos(200_000);

    private final BenchmarkDatabase database;

    ServiceLauncher(BenchmarkDatabase database) {
        this.database = database;
    }

    RunningService start(ServicePackage service) throws IOException {
        return start(service, service.command());
    }

    /**
     * Starts a service for the first time. Whatever its packaging learns from that start is saved when it is closed.
     */
    RunningService train(ServicePackage service) throws IOException {
        return start(service, service.trainingCommand());
    }

    private RunningService start(ServicePackage service, List<String> command) throws IOException {
        int port = freePort();
        Path log = Files.createTempFile(service.name(), ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(service.application().environment());
        builder.environment().putAll(database.environment(service));
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        byte[] request = ("GET " + service.application().page(0)
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(INTERVAL)
                    .atMost(PATIENCE)
                    .failFast(() -> !process.isAlive())
                    .until(() -> responds(port, request));
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            process.destroyForcibly();
            throw new IOException(service.name() + " does not start:\n" + Files.readString(log), e);
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        Files.delete(log);
        return new RunningService(service, process, port, millis);
    }

    /** Whether the response is 200. Written on a socket, since an HTTP client would delay the first requests. */
    private static boolean responds(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (ConnectException notListeningYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
