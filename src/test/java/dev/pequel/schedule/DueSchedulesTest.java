package dev.pequel.schedule;

import static dev.pequel.Eventually.eventually;
import static dev.pequel.schedule.ScheduledSandbox.BASE;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.SteppedClock;
import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.job.ScheduledSegmentJobs;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Jobs of schedules that are due. It is 10:00 on 28 August 2026, and other tests have schedules that are due later. */
@QuarkusTest
class DueSchedulesTest {

    private static final Instant MORNING = Instant.parse("2026-08-28T04:00:00Z");
    private static final String DAILY = "0 0 4 * * ?";

    private final ScheduledSandbox sandbox = ScheduledSandbox.fresh();
    private final SteppedClock clock = new SteppedClock();

    @Inject
    ScheduledSegmentJobs jobs;

    @Inject
    SandboxScope rows;

    @Inject
    Database database;

    @EmbeddedPostgresql.Connections
    DataSource connections;

    private DueSchedules replica() {
        return new DueSchedules(jobs, rows, database, clock);
    }

    @Test
    void aDueScheduleCreatesItsJobAndGoesOn() throws SQLException {
        String audience = sandbox.define();
        String id = due(sandbox.create(DAILY, "\"" + audience + "\""), MORNING);
        replica().createJobs();

        JsonPath schedule = sandbox.get(id);
        assertEquals(clock.instant().getEpochSecond(), schedule.getLong("lastRunEpoch"));
        assertEquals(MORNING.plus(Duration.ofDays(1)).getEpochSecond(), schedule.getLong("nextRunEpoch"));
        JsonPath job = ended(schedule.getString("lastJobId"));
        assertEquals("SUCCEEDED", job.getString("status"));
        assertEquals("scheduler", job.getString("source"));
        assertEquals(List.of(audience), job.getList("segments.segmentId"));

        replica().createJobs();
        assertEquals(1, jobsOf(id));
        clock.passes(Duration.ofDays(1));
        replica().createJobs();
        assertEquals(2, jobsOf(id));
    }

    @Test
    void severalReplicasCreateAJobOnce() throws Exception {
        List<String> schedules = new ArrayList<>();
        sandbox.profile();
        String audience = sandbox.define();
        for (int i = 0; i < 12; i++) {
            // All of one sandbox, at the same moment.
            schedules.add(due(sandbox.create(DAILY, "\"" + audience + "\""), MORNING));
        }
        List<Future<?>> replicas = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                replicas.add(threads.submit(replica()::createJobs));
            }
        }
        for (Future<?> replica : replicas) {
            replica.get();
        }

        for (String id : schedules) {
            assertEquals(1, jobsOf(id));
        }
        sandbox.jobs()
                .body(
                        "children.id",
                        containsInAnyOrder(schedules.stream()
                                .map(id -> sandbox.get(id).getString("lastJobId"))
                                .toArray()));
    }

    @Test
    void missedRunsAreMadeUpForOnce() throws SQLException {
        String id = due(sandbox.create(DAILY, "\"" + sandbox.define() + "\""), MORNING.minus(Duration.ofDays(9)));
        replica().createJobs();
        replica().createJobs();

        assertEquals(1, jobsOf(id));
        assertEquals(
                MORNING.plus(Duration.ofDays(1)).getEpochSecond(),
                sandbox.get(id).getLong("nextRunEpoch"));
    }

    /** A replica whose clock is behind sets the same time once more. */
    @Test
    void aTimeThatHadItsJobHasNoOther() throws SQLException {
        String id = due(sandbox.create(DAILY, "\"" + sandbox.define() + "\""), MORNING);
        replica().createJobs();
        String job = sandbox.get(id).getString("lastJobId");
        due(id, MORNING);
        replica().createJobs();

        assertEquals(1, jobsOf(id));
        assertEquals(job, sandbox.get(id).getString("lastJobId"));
        assertEquals(
                MORNING.plus(Duration.ofDays(1)).getEpochSecond(),
                sandbox.get(id).getLong("nextRunEpoch"));
    }

    @Test
    void allAudiencesOfASandboxWithoutMembersAreNotEvaluated() throws SQLException {
        String id = due(sandbox.create(DAILY, "\"*\""), MORNING);
        replica().createJobs();
        sandbox.jobs().body("children", empty());
        assertEquals(
                MORNING.plus(Duration.ofDays(1)).getEpochSecond(),
                sandbox.get(id).getLong("nextRunEpoch"));

        sandbox.profile();
        String audience = sandbox.define();
        eventually(() -> number("select count(*) from segment_membership where audience_id = '" + audience + "'") == 1);
        clock.passes(Duration.ofDays(1));
        replica().createJobs();
        assertEquals(
                List.of(audience), ended(sandbox.get(id).getString("lastJobId")).getList("segments.segmentId"));
    }

    @Test
    void audiencesThatWereDeletedAreLeftOut() throws SQLException {
        String left = sandbox.define();
        String deleted = sandbox.define();
        String id = due(sandbox.create(DAILY, "\"" + deleted + "\", \"" + left + "\""), MORNING);
        sandbox.request().delete(BASE + "/audiences/{id}", deleted).then().statusCode(204);
        replica().createJobs();

        JsonPath job = ended(sandbox.get(id).getString("lastJobId"));
        assertEquals("SUCCEEDED", job.getString("status"));
        assertEquals(List.of(left), job.getList("segments.segmentId"));
    }

    @Test
    void anInactiveScheduleIsNotDue() throws SQLException {
        String id = due(sandbox.create(DAILY, "\"" + sandbox.define() + "\""), MORNING);
        sandbox.patch(id, "[{\"op\": \"add\", \"path\": \"/state\", \"value\": \"inactive\"}]")
                .statusCode(204);
        replica().createJobs();

        assertEquals(0, jobsOf(id));
    }

    /** Such an expression is refused, but may be stored by an operator's setting. */
    @Test
    void anExpressionWithoutANextTimeKeepsNoOtherFromRunning() throws SQLException {
        String broken = due(sandbox.create(DAILY, "\"" + sandbox.define() + "\""), MORNING.minusSeconds(1));
        String sound = due(sandbox.create(DAILY, "\"" + sandbox.define() + "\""), MORNING);
        update("update schedule set cron = '0 0 3 30W 2 ?' where id = ?", UUID.fromString(broken));
        replica().createJobs();

        assertEquals(Collections.nCopies(2, 1L), List.of(jobsOf(broken), jobsOf(sound)));
        assertEquals(false, sandbox.get(broken).getMap("").containsKey("nextRunEpoch"));
    }

    /** Makes a schedule due at a time. */
    private String due(String id, Instant time) throws SQLException {
        update("update schedule set next_run = ? where id = ?", time, UUID.fromString(id));
        return id;
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            assertEquals(1, Sql.update(connection, sql, parameters));
        }
    }

    private long jobsOf(String schedule) throws SQLException {
        return number("select count(*) from segment_job where schedule_id = '" + schedule + "'");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            return Sql.one(connection, sql, row -> row.getLong(1));
        }
    }

    private JsonPath ended(String job) {
        return eventually(
                () -> sandbox.request()
                        .get(BASE + "/segment/jobs/{id}", job)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath(),
                read -> !List.of("NEW", "PROCESSING").contains(read.getString("status")));
    }
}
