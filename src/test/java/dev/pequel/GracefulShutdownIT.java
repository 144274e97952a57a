package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
                PackagedService service = PackagedService.start(database.settings(), List.of(), log::add);
                PipedOutputStream body = new PipedOutputStream()) {
            String address = service.address();
            PipedInputStream sent = new PipedInputStream(body);
            CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create(address + BASE + "/profiles/import"))
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(BodyPublishers.ofInputStream(() -> sent))
                                    .build(),
                            BodyHandlers.ofString());
            body.write(profile("C1"));
            body.flush();
            eventually(() -> database.number("select count(*) from import_job where status = 'PROCESSING'") == 1);

            service.terminate();
            eventually(() -> log.stream().anyMatch(line -> line.contains("Waiting for HTTP requests")));
            body.write(profile("C2"));
            body.close();

            assertEquals(200, answer.join().statusCode(), () -> answer.join().body());
            assertEquals(TERMINATED, service.status());
            assertEquals(2, database.number("select count(*) from profile"));
            assertEquals(1, database.number("select count(*) from import_job where status = 'SUCCEEDED'"));
        }
    }

    @Test
    void aSegmentJobIsHandedOverAndHasNotFailed() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            String job;
            try (PackagedService service = PackagedService.start(settings(database))) {
                String address = service.address();
                eventually(() -> database.number(
                                "select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'")
                        == 1);
                for (int i = 0; i < 50; i++) {
                    define(address, i);
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

                service.terminate();
                assertEquals(TERMINATED, service.status());
            }
            assertEquals(1, database.number("select count(*) from segment_job where status = 'NEW' and attempts = 0"));

            try (PackagedService service = PackagedService.start(settings(database))) {
                String address = service.address();
                eventually(() -> !job(address, job).getString("status").matches("NEW|PROCESSING"));
                assertEquals("SUCCEEDED", job(address, job).getString("status"));
                assertEquals(1, job(address, job).getInt("progress.attempts"));
            }
        }
    }

    /** An audience that takes its time: all triples of a profile's events are looked at. */
    private static void define(String address, int number) {
        PackagedService.request(address)
                .contentType(ContentType.JSON)
                .body("""
                        {"name": "A%1$d", "expression": {"value":
                          "select A from xEvent, B from xEvent, C from xEvent where A.commerce.order.priceTotal + B.commerce.order.priceTotal + C.commerce.order.priceTotal > %1$d000000"}}
                        """.formatted(number + 1))
                .post(BASE + "/audiences")
                .then()
                .statusCode(200);
    }

    private static JsonPath job(String address, String id) {
        return PackagedService.request(address)
                .get(BASE + "/segment/jobs/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, String> settings(OwnPostgresql database) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.sample.enabled", "true");
        settings.put("pequel.sample.profiles", "5000");
        settings.put("pequel.segmentation.schedule", "off");
        return settings;
    }

    private static byte[] profile(String crmid) {
        return ("{\"identityMap\":{\"crmid\":[{\"id\":\"" + crmid + "\"}]}}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.sleep(20);
        }
    }
}
