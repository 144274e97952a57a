package dev.pequel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the service on this machine whether it is ready, for containers whose image has nothing else that could ask. */
final class HealthProbe {

    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    private final int port;

    HealthProbe(int port) {
        this.port = port;
    }

    /** The probe of the port that the environment configures. */
    static HealthProbe ofEnvironment() {
        String port = System.getenv("QUARKUS_HTTP_PORT");
        return new HealthProbe(port == null ? 8080 : Integer.parseInt(port));
    }

    boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream()
                    .write("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(STATUS_LINE);
            return new String(start, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            System.err.println("Pequel does not answer on port " + port + ": " + e.getMessage());
            return false;
        }
    }
}
