package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of work in progress when the service is told to stop, as by {@code docker stop} or Kubernetes. */
@Timeout(180)
@Tag("native")
class GracefulShutdownIT {

    private static final String BASE = "/data/core/ups";
    /** Of a process that SIGTERM ended. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void aRequestInFlightIsAnswered() throws Exception {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service = PackagedService.start(database.settings(), List.of(), log::add)) {
            try (Socket client = connect(service.address())) {
                beginImport(client);
                eventually(() -> database.number("select count(*) from import_job where status = 'PROCESSING'") == 1);

                service.terminate();
                eventually(() -> log.stream().anyMatch(line -> line.contains("Waiting for HTTP requests")));

                String answer = endImport(client);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
            assertEquals(TERMINATED, service.status());
            assertEquals(2, database.number("select count(*) from profile"));
            assertEquals(1, database.number("select count(*) from import_job where status = 'SUCCEEDED'"));
        }
    }

    /** It has had its time when the service is to stop; nobody waits for it any longer. */
    @Test
    void aRequestThatNeverEndsIsGivenUp() throws Exception {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("quarkus.shutdown.timeout", "1s");
            settings.put("pequel.segmentation.evaluation-timeout", "1H");
            try (PackagedService service = PackagedService.start(settings, List.of(), log::add)) {
                importLines(service.address(), "profiles", 1_000, 1);
                importLines(service.address(), "events", 1_000, 50);
                try (Socket client = connect(service.address())) {
                    // Six million combinations of a profile's events, and six thousand million in all.
                    String body = """
                            {"predicateType": "pql/text", "predicateExpression":
                             "select A from xEvent, B from xEvent, C from xEvent, D from xEvent where A.n + B.n + C.n + D.n > 4"}
                            """;
                    send(
                            client,
                            "POST " + BASE
                                    + "/preview HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                    eventually(() -> log.stream().anyMatch(line -> line.contains("Read the snapshot")));

                    service.terminate();

                    assertEquals(TERMINATED, service.status());
                    assertEquals("", new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static void importLines(String address, String content, int profiles, int each) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < profiles; i++) {
            for (int j = 0; j < each; j++) {
                lines.append("""
                        {"_id": "%1$d-%2$d", "timestamp": 1, "n": 1, "identityMap": {"crmid": [{"id": "%1$d"}]}}
                        """.formatted(i, j));
            }
        }
        PackagedService.request(address)
                .contentType("application/x-ndjson")
                .body(lines.toString().getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/" + content + "/import")
                .then()
                .statusCode(200);
    }

    private static Socket connect(String address) throws IOException {
        URI uri = URI.create(address);
        return new Socket(uri.getHost(), uri.getPort());
    }

    /** The first half of an import of two profiles, into a sandbox of its own. */
    private static void beginImport(Socket client) throws IOException {
        send(
                client,
                "POST " + BASE + "/profiles/import HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "x-sandbox-name: imported\r\n"
                        + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk(profile("C1")));
    }

    private static String endImport(Socket client) throws IOException {
        send(client, chunk(profile("C2")) + chunk(""));
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A part of a body as HTTP/1.1 sends one whose length is not known; an empty one ends it. */
    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String profile(String crmid) {
        return "{\"identityMap\":{\"crmid\":[{\"id\":\"" + crmid + "\"}]}}\n";
    }

    @Test
    void aSegmentJobIsHandedOverAndHasNotFailed() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            String job;
            try (PackagedService service = PackagedService.start(SlowSegmentJobs.settings(database))) {
                String address = service.address();
                eventually(() -> database.number(
                                "select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'")
                        == 1);
                for (int i = 0; i < 50; i++) {
                    SlowSegmentJobs.define(address, i);
                }
                eventually(() -> database.number("select count(*) from segment_membership") == 50);
                job = PackagedService.request(address)
                        .contentType(ContentType.JSON)
                        .body("[{\"segmentId\": \"*\"}]")
                        .post(BASE + "/segment/jobs")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
                eventually(() -> database.number("select count(*) from segment_job where status = 'PROCESSING'") == 1);

                try (Socket client = connect(address)) {
                    beginImport(client);
                    eventually(
                            () -> database.number("select count(*) from import_job where status = 'PROCESSING'") == 1);

                    service.terminate();
                    // Others can have it while the request is still waited for.
                    eventually(() -> database.number("select count(*) from segment_job where status = 'NEW'") == 1);

                    String answer = endImport(client);
                    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                }
                assertEquals(TERMINATED, service.status());
            }
            assertEquals(1, database.number("select count(*) from segment_job where status = 'NEW' and attempts = 0"));

            try (PackagedService service = PackagedService.start(SlowSegmentJobs.settings(database))) {
                String address = service.address();
                eventually(() ->
                        !SlowSegmentJobs.job(address, job).getString("status").matches("NEW|PROCESSING"));
                assertEquals("SUCCEEDED", SlowSegmentJobs.job(address, job).getString("status"));
                assertEquals(1, SlowSegmentJobs.job(address, job).getInt("progress.attempts"));
            }
        }
    }
}
