package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of work in progress when the service is told to stop, as by {@code docker stop} or Kubernetes. */
@Timeout(180)
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
            URI address = URI.create(service.address());
            try (Socket client = new Socket(address.getHost(), address.getPort())) {
                send(
                        client,
                        "POST " + BASE + "/profiles/import HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
                send(client, chunk(profile("C1")));
                SlowSegmentJobs.eventually(
                        () -> database.number("select count(*) from import_job where status = 'PROCESSING'") == 1);

                service.terminate();
                SlowSegmentJobs.eventually(
                        () -> log.stream().anyMatch(line -> line.contains("Waiting for HTTP requests")));
                send(client, chunk(profile("C2")) + chunk(""));

                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
            assertEquals(TERMINATED, service.status());
            assertEquals(2, database.number("select count(*) from profile"));
            assertEquals(1, database.number("select count(*) from import_job where status = 'SUCCEEDED'"));
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A part of a body as HTTP/1.1 sends one whose length is not known; an empty one ends it. */
    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void aSegmentJobIsHandedOverAndHasNotFailed() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            String job;
            try (PackagedService service = PackagedService.start(SlowSegmentJobs.settings(database))) {
                String address = service.address();
                SlowSegmentJobs.eventually(() -> database.number(
                                "select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'")
                        == 1);
                for (int i = 0; i < 50; i++) {
                    SlowSegmentJobs.define(address, i);
                }
                SlowSegmentJobs.eventually(() -> database.number("select count(*) from segment_membership") == 50);
                job = PackagedService.request(address)
                        .contentType(ContentType.JSON)
                        .body("[{\"segmentId\": \"*\"}]")
                        .post(BASE + "/segment/jobs")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
                SlowSegmentJobs.eventually(
                        () -> database.number("select count(*) from segment_job where status = 'PROCESSING'") == 1);

                service.terminate();
                assertEquals(TERMINATED, service.status());
            }
            assertEquals(1, database.number("select count(*) from segment_job where status = 'NEW' and attempts = 0"));

            try (PackagedService service = PackagedService.start(SlowSegmentJobs.settings(database))) {
                String address = service.address();
                SlowSegmentJobs.eventually(() ->
                        !SlowSegmentJobs.job(address, job).getString("status").matches("NEW|PROCESSING"));
                assertEquals("SUCCEEDED", SlowSegmentJobs.job(address, job).getString("status"));
                assertEquals(1, SlowSegmentJobs.job(address, job).getInt("progress.attempts"));
            }
        }
    }

    private static String profile(String crmid) {
        return "{\"identityMap\":{\"crmid\":[{\"id\":\"" + crmid + "\"}]}}\n";
    }
}
