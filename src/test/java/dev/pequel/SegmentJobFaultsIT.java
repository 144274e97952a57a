package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the service is killed in the middle of a segment job. */
@Timeout(300)
class SegmentJobFaultsIT {

    private static final String BASE = "/data/core/ups";
    private static final int AUDIENCES = 100;

    private static final String GENERATIONS = "select coalesce(sum(generation), 0) from segment_membership";
    private static final String RUNNING = "select count(*) from segment_job where status = 'PROCESSING'";

    @TempDir
    Path directory;

    @Test
    void aJobThatIsKilledIsBegunAgainOrFailsAndIsNeverSeenByHalves() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            try (PackagedService service = PackagedService.start(settings(database, 3))) {
                String address = service.address();
                eventually(() -> database.number(
                                "select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'")
                        == 1);
                for (int i = 0; i < AUDIENCES; i++) {
                    define(address, i);
                }
                eventually(() -> database.number("select count(*) from segment_membership") == AUDIENCES);
            }
            long before = database.number(GENERATIONS);

            String job = killedDuringJob(database, 3);
            assertEquals(before, database.number(GENERATIONS));
            try (PackagedService service = PackagedService.start(settings(database, 3))) {
                String address = service.address();
                eventually(() -> !job(address, job).getString("status").equals("PROCESSING"));
                assertEquals("SUCCEEDED", job(address, job).getString("status"));
                assertEquals(2, job(address, job).getInt("progress.attempts"));
                assertEquals(
                        AUDIENCES,
                        job(address, job)
                                .getMap("metrics.segmentedProfileCounter")
                                .size());
            }
            assertEquals(before + AUDIENCES, database.number(GENERATIONS));

            String another = killedDuringJob(database, 1);
            try (PackagedService service = PackagedService.start(settings(database, 1))) {
                String address = service.address();
                eventually(() -> !job(address, another).getString("status").equals("PROCESSING"));
                assertEquals("FAILED", job(address, another).getString("status"));
                assertTrue(job(address, another).getString("reason").contains("stopped"));
            }
            assertEquals(before + AUDIENCES, database.number(GENERATIONS));
        }
    }

    /** @return the job's id */
    private static String killedDuringJob(OwnPostgresql database, int attempts) throws Exception {
        try (PackagedService service = PackagedService.start(settings(database, attempts))) {
            String address = service.address();
            String job = PackagedService.request(address)
                    .contentType(ContentType.JSON)
                    .body("[{\"segmentId\": \"*\"}]")
                    .post(BASE + "/segment/jobs")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("id");
            eventually(() -> database.number(RUNNING) == 1);
            service.kill();
            assertEquals(1, database.number(RUNNING), "killed too late");
            return job;
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

    private static Map<String, String> settings(OwnPostgresql database, int attempts) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.sample.enabled", "true");
        settings.put("pequel.sample.profiles", "5000");
        settings.put("pequel.segmentation.job-attempts", String.valueOf(attempts));
        settings.put("pequel.segmentation.schedule", "off");
        return settings;
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.sleep(20);
        }
    }
}
