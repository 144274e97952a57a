package dev.pequel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Checks the readiness of the service on this machine, for container images without an HTTP client. If the service is
 * not ready, the response with the reasons is printed; container runtimes keep it with the health state.
 */
final class HealthProbe {

    private static final int DEFAULT_PORT = 8080;
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final String READY = "HTTP/1.1 200 ";
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final int port;

    HealthProbe(int port) {
        this.port = port;
    }

    /** Creates a probe for a service with these settings. */
    static HealthProbe of(BootstrapConfig settings) {
        return new HealthProbe(settings.find("pequel.management.port")
                .or(() -> settings.find("quarkus.http.port"))
                .map(Integer::parseInt)
                .orElse(DEFAULT_PORT));
    }

    boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream()
                    .write("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ready = answer.startsWith(READY);
            if (!ready) {
                System.out.println(
                        answer.substring(answer.indexOf(END_OF_HEADERS) + 1).strip());
            }
            return ready;
        } catch (IOException e) {
            System.err.println("Pequel does not respond on port " + port + ": " + e.getMessage());
            return false;
        }
    }
}
