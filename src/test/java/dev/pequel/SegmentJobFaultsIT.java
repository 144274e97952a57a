package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left when a service is killed in the middle of a segment job, alone or as one of two replicas. */
@Timeout(300)
@Tag("native")
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
                    SlowSegmentJobs.define(address, i);
                }
                eventually(() -> database.number("select count(*) from segment_membership") == AUDIENCES);
            }
            long before = database.number(GENERATIONS);

            String job = killedDuringJob(database, 3);
            assertEquals(before, database.number(GENERATIONS));
            try (PackagedService service = PackagedService.start(settings(database, 3))) {
                String address = service.address();
                eventually(() ->
                        !SlowSegmentJobs.job(address, job).getString("status").equals("PROCESSING"));
                assertEquals("SUCCEEDED", SlowSegmentJobs.job(address, job).getString("status"));
                assertEquals(2, SlowSegmentJobs.job(address, job).getInt("progress.attempts"));
                assertEquals(
                        AUDIENCES,
                        SlowSegmentJobs.job(address, job)
                                .getMap("metrics.segmentedProfileCounter")
                                .size());
            }
            assertEquals(before + AUDIENCES, database.number(GENERATIONS));

            String another = killedDuringJob(database, 1);
            try (PackagedService service = PackagedService.start(settings(database, 1))) {
                String address = service.address();
                eventually(() -> !SlowSegmentJobs.job(address, another)
                        .getString("status")
                        .equals("PROCESSING"));
                assertEquals("FAILED", SlowSegmentJobs.job(address, another).getString("status"));
                assertTrue(SlowSegmentJobs.job(address, another)
                        .getString("reason")
                        .contains("stopped"));
            }
            assertEquals(before + AUDIENCES, database.number(GENERATIONS));
        }
    }

    /** @return the job's id */
    private static String killedDuringJob(OwnPostgresql database, int attempts) throws Exception {
        try (PackagedService service = PackagedService.start(settings(database, attempts))) {
            String address = service.address();
            String job = createJob(address);
            eventually(() -> database.number(RUNNING) == 1);
            service.kill();
            assertEquals(1, database.number(RUNNING), "killed too late");
            return job;
        }
    }

    private static String createJob(String address) {
        return PackagedService.request(address)
                .contentType(ContentType.JSON)
                .body("[{\"segmentId\": \"*\"}]")
                .post(BASE + "/segment/jobs")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    @Test
    void ofTwoReplicasOneRunsTheJobsAndTheOtherTakesOverWhenItIsGone() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService first = PackagedService.start(replica(database, "first"));
                PackagedService second = startAfter(first, replica(database, "second"))) {
            Map<String, PackagedService> replicas = Map.of("first", first, "second", second);
            Map<String, String> addresses = Map.of("first", first.address(), "second", second.address());
            eventually(() ->
                    database.number("select count(*) from import_job where content = 'events' and status = 'SUCCEEDED'")
                            == 1);
            for (int i = 0; i < AUDIENCES; i++) {
                SlowSegmentJobs.define(addresses.get(i % 2 == 0 ? "first" : "second"), i);
            }
            eventually(() -> database.number("select count(*) from segment_membership") == AUDIENCES);
            long before = database.number(GENERATIONS);

            String job = createJob(addresses.get("first"));
            String next = createJob(addresses.get("second"));
            eventually(() -> database.number(RUNNING) == 1);
            String running = runner(database);
            String other = running.equals("first") ? "second" : "first";
            assertEquals(
                    "PROCESSING", SlowSegmentJobs.job(addresses.get(other), job).getString("status"));
            assertEquals(
                    "NEW", SlowSegmentJobs.job(addresses.get(running), next).getString("status"));

            replicas.get(running).kill();
            assertEquals(1, database.number(RUNNING), "killed too late");
            String left = addresses.get(other);
            eventually(() -> SlowSegmentJobs.job(left, next).getString("status").equals("SUCCEEDED"));
            assertEquals("SUCCEEDED", SlowSegmentJobs.job(left, job).getString("status"));
            assertEquals(2, SlowSegmentJobs.job(left, job).getInt("progress.attempts"));
            assertEquals(1, SlowSegmentJobs.job(left, next).getInt("progress.attempts"));
            assertEquals(before + 2 * AUDIENCES, database.number(GENERATIONS));
        }
    }

    private static PackagedService startAfter(PackagedService first, Map<String, String> settings) throws Exception {
        // The first one makes the tables.
        first.address();
        return PackagedService.start(settings);
    }

    /** Settings of a replica that the database knows by a name. */
    private static Map<String, String> replica(OwnPostgresql database, String name) {
        Map<String, String> settings = settings(database, 3);
        settings.computeIfPresent("quarkus.datasource.jdbc.url", (key, url) -> url + "?ApplicationName=" + name);
        settings.put("pequel.segmentation.job-poll", "200ms");
        settings.put("pequel.sample.enabled", String.valueOf(name.equals("first")));
        return settings;
    }

    /** The replica that holds the lock of the jobs, the only one that lasts beyond a transaction. */
    private static String runner(OwnPostgresql database) throws Exception {
        String holders = "select count(distinct pid) from pg_locks join pg_stat_activity using (pid)"
                + " where locktype = 'advisory' and granted and application_name = '%s'";
        boolean first = database.number(holders.formatted("first")) > 0;
        boolean second = database.number(holders.formatted("second")) > 0;
        assertTrue(first != second, "exactly one runs the jobs");
        return first ? "first" : "second";
    }

    @Test
    void replicasAnswerTheSameAndCreateAScheduledJobOnce() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService first = PackagedService.start(scheduled(database));
                PackagedService second = startAfter(first, scheduled(database))) {
            String one = first.address();
            String two = second.address();
            importProfile(one, "C1");
            String audience = PackagedService.request(two)
                    .contentType(ContentType.JSON)
                    .body("{\"name\": \"Known\", \"expression\": {\"value\": \"identityMap.crmid\"}}")
                    .post(BASE + "/audiences")
                    .path("id");
            for (int profiles = 2; profiles < 5; profiles++) {
                importProfile(profiles % 2 == 0 ? one : two, "C" + profiles);
                assertEquals(profiles, totalProfiles(one, audience));
                assertEquals(profiles, totalProfiles(two, audience));
            }

            String done = "select count(*) from segment_job where source = 'scheduler' and status = 'SUCCEEDED'";
            // Jobs that ended before do not have all profiles, and one may be running.
            long before = database.number(done);
            eventually(() -> database.number(done) >= before + 3);
            assertEquals(
                    database.number("select count(distinct scheduled_for) from segment_job"),
                    database.number("select count(*) from segment_job"));
            for (String address : List.of(one, two)) {
                assertEquals(
                        4,
                        PackagedService.request(address)
                                .get(BASE + "/audiences/{id}/members", audience)
                                .jsonPath()
                                .getList("children")
                                .size());
                PackagedService.request(address)
                        .queryParam("status", "SUCCEEDED")
                        .get(BASE + "/segment/jobs")
                        .then()
                        .statusCode(200)
                        .body("children[0].source", equalTo("scheduler"));
            }
        }
    }

    private static Map<String, String> scheduled(OwnPostgresql database) {
        Map<String, String> settings = settings(database, 3);
        settings.put("pequel.sample.enabled", "false");
        settings.put("pequel.segmentation.schedule", "* * * * * ?");
        settings.put("pequel.segmentation.schedule-poll", "1s");
        return settings;
    }

    private static void importProfile(String address, String crmid) {
        PackagedService.request(address)
                .contentType("application/x-ndjson")
                .body("{\"identityMap\":{\"crmid\":[{\"id\":\"%s\"}]}}"
                        .formatted(crmid)
                        .getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200);
    }

    private static int totalProfiles(String address, String audience) {
        return PackagedService.request(address)
                .queryParam("withMetrics", true)
                .get(BASE + "/audiences/{id}", audience)
                .then()
                .statusCode(200)
                .extract()
                .path("metrics.data.totalProfiles");
    }

    private static Map<String, String> settings(OwnPostgresql database, int attempts) {
        Map<String, String> settings = SlowSegmentJobs.settings(database);
        settings.put("pequel.segmentation.job-attempts", String.valueOf(attempts));
        // A job of a second or two, which is killed as soon as it runs.
        settings.put("pequel.sample.profiles", "2000");
        return settings;
    }
}
