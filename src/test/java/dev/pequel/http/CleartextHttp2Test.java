package dev.pequel.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS is not spoken, however it is begun. {@link HttpVersionsIT} asks for it, and for HTTP/2 with TLS. */
@QuarkusTest
class CleartextHttp2Test {

    private static final int LONGEST_WAIT = 60_000;
    private static final int FRAME_HEADER = 9;
    private static final int TYPE_OF_SETTINGS = 4;

    @TestHTTPResource
    URI service;

    @Test
    void anUpgradeIsPassedOver() throws Exception {
        HttpResponse<String> answer = send(HttpClient.newHttpClient(), service);

        assertEquals(HttpClient.Version.HTTP_1_1, answer.version());
        assertEquals(200, answer.statusCode());
    }

    @Test
    void aConnectionThatBeginsWithItIsNoneOfHttp2() throws IOException {
        assertFalse(speaksHttp2AtOnce(service));
    }

    /** A request whose client asks for HTTP/2: without TLS by {@code Upgrade: h2c}, else by ALPN. */
    static HttpResponse<String> send(HttpClient client, URI service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/data/core/ups/audiences?limit=1"))
                .version(HttpClient.Version.HTTP_2)
                .header("x-gw-ims-org-id", "dev@Pequel")
                .header("x-sandbox-name", "prod")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Whether a client that begins with the preface of HTTP/2 (RFC 9113, section 3.4) gets a frame of settings. */
    static boolean speaksHttp2AtOnce(URI service) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(LONGEST_WAIT);
            byte[] settings = new byte[FRAME_HEADER];
            settings[3] = TYPE_OF_SETTINGS;
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(settings);
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readNBytes(FRAME_HEADER);
            return answer.length == FRAME_HEADER && answer[3] == TYPE_OF_SETTINGS;
        }
    }
}
