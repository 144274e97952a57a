package dev.pequel.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.LowLimits;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The time that a body may go on after its request was answered is of no account to requests whose bodies were read. */
@QuarkusTest
@TestProfile(LowLimits.class)
class KeptConnectionTest {

    private final String organization = "kept-" + UUID.randomUUID();

    @Test
    void aConnectionIsKeptAfterARequestWithABody() throws Exception {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String body = """
                    {"name": "Kept", "type": "SegmentDefinition",
                     "expression": {"type": "PQL", "format": "pql/text", "value": "person.gender = \\"female\\""}}""";
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            send(socket, "POST", "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
            assertEquals("HTTP/1.1 200 OK", statusOf(answers));

            Awaitility.await()
                    .pollDelay(LowLimits.UNREAD_BODY_TIMEOUT.multipliedBy(5))
                    .until(() -> true);

            send(socket, "GET", "Connection: close\r\n", "");
            assertEquals("HTTP/1.1 200 OK", statusOf(answers));
        }
    }

    private void send(Socket socket, String method, String headers, String body) throws IOException {
        String request = method + " /data/core/ups/audiences HTTP/1.1\r\nHost: localhost\r\nx-gw-ims-org-id: "
                + organization + "\r\n" + headers + "\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** The first line of the next answer, whose body is read too. */
    private static String statusOf(BufferedReader answers) throws IOException {
        String status = answers.readLine();
        int length = 0;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            if (line.toLowerCase().startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        answers.skip(length);
        return status;
    }
}
