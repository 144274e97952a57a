package dev.pequel.segmentation.job;

import static dev.pequel.Eventually.eventually;
import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /segment/jobs}. */
@QuarkusTest
class SegmentJobTest {

    private static final String JOBS = BASE + "/segment/jobs";
    private static final String ALL = "[{\"segmentId\": \"*\"}]";
    private static final String ROMANS = "homeAddress.city = \"Roma\"";

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @EmbeddedPostgresql.Connections
    DataSource database;

    @Test
    void aNewJobSaysWhatItWillDo() {
        String id = sandbox.define(ROMANS);

        sandbox.createJob("[{\"segmentId\": \"" + id + "\"}]")
                .statusCode(200)
                .body("status", equalTo("NEW"))
                .body("imsOrgId", equalTo(sandbox.organization()))
                .body("sandbox.sandboxName", equalTo(sandbox.name()))
                .body("profileInstanceId", equalTo("ups"))
                .body("source", equalTo("api"))
                .body("segments.segmentId", contains(id))
                .body("_links.cancel.method", equalTo("DELETE"))
                .body("metrics.totalTime", not(hasKey("endTimeInMs")));
    }

    @Test
    void aJobThatSucceededHasNumbersOfEachAudience() {
        sandbox.profiles("""
                {"homeAddress": {"city": "Roma"}, "identityMap": {"crmid": [{"id": "C1"}], "email": [{"id": "a"}]}}
                {"homeAddress": {"city": "Roma"}, "identityMap": {"crmid": [{"id": "C2"}]}}
                {"homeAddress": {"city": "Lyon"}, "identityMap": {"crmid": [{"id": "C3"}]}}
                """);
        String romans = sandbox.define(ROMANS);
        String others = sandbox.define("not inSegment(\"" + romans + "\")");
        sandbox.external("listed");

        JsonPath job = sandbox.evaluateAll();

        assertEquals("SUCCEEDED", job.getString("status"));
        assertEquals(Set.of(romans, others), Set.copyOf(job.getList("segments.segmentId")));
        assertTrue(job.getList("segments.segment.expression.value").contains(ROMANS));
        assertEquals(3, job.getInt("metrics.totalProfiles"));
        assertEquals(Map.of(romans, 2, others, 1), job.getMap("metrics.segmentedProfileCounter"));
        assertEquals(
                Map.of(romans, Map.of("crmid", 2, "email", 1), others, Map.of("crmid", 1)),
                job.getMap("metrics.segmentedProfileByNamespaceCounter"));
        assertEquals(
                Map.of(romans, Map.of("realized", 2, "exited", 0), others, Map.of("realized", 1, "exited", 0)),
                job.getMap("metrics.segmentedProfileByStatusCounter"));
        assertEquals(
                List.of(3),
                List.copyOf(job.<String, Integer>getMap("metrics.totalProfilesByMergePolicy")
                        .values()));
        assertEquals(100, job.getInt("progress.percent"));
        for (String time : List.of("totalTime", "profileSegmentationTime")) {
            assertEquals(
                    job.getLong("metrics." + time + ".endTimeInMs") - job.getLong("metrics." + time + ".startTimeInMs"),
                    job.getLong("metrics." + time + ".totalTimeInMs"),
                    1);
        }
        assertEquals(job.getString("id"), sandbox.withMetrics(romans).getString("metrics.jobId"));
    }

    @Test
    void tellsExactlyWhoCameAndWhoLeft() {
        for (int i = 1; i <= 6; i++) {
            sandbox.profile("C" + i, i <= 3 ? "Roma" : "Lyon");
        }
        String id = sandbox.define(ROMANS);
        assertEquals(Set.of("C1", "C2", "C3"), sandbox.members(id));

        sandbox.profile("C1", "Lyon");
        sandbox.profile("C4", "Roma");
        assertStatus(sandbox.evaluateAll(), id, 3, 1);
        assertEquals(Set.of("C2", "C3", "C4"), sandbox.members(id));
        assertEquals("exited", status("C1", id));
        assertEquals("realized", status("C4", id));
        assertEquals(null, status("C5", id));
        assertEquals(1, sandbox.exited(id));

        assertStatus(sandbox.evaluateAll(), id, 3, 0);
        assertEquals(null, status("C1", id));

        // Who is deleted has not left: it was never there.
        sandbox.deleteProfile("C2");
        sandbox.profile("C3", "Lyon");
        assertEquals(Set.of("C3", "C4"), sandbox.members(id));
        assertEquals(1, sandbox.exited(id));
        assertStatus(sandbox.evaluateAll(), id, 1, 1);
        assertEquals(Set.of("C4"), sandbox.members(id));
    }

    private static void assertStatus(JsonPath job, String id, int realized, int exited) {
        assertEquals("SUCCEEDED", job.getString("status"));
        assertEquals(
                Map.of("realized", realized, "exited", exited),
                job.getMap("metrics.segmentedProfileByStatusCounter.'" + id + "'"));
    }

    /** What the profile's own view says about the audience. */
    private String status(String crmid, String audience) {
        return sandbox.request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", crmid)
                .get(BASE + "/access/entities")
                .then()
                .statusCode(200)
                .extract()
                .path("values()[0].entity.segmentMembership.ups.'" + audience + "'.status");
    }

    @Test
    void anAudienceIsEvaluatedAfterThoseThatItRefersTo() {
        sandbox.profile("C1", "Roma");
        String first = sandbox.define(ROMANS);
        String second = sandbox.define("inSegment(\"" + first + "\")");
        String third = sandbox.define("inSegment(\"" + second + "\") and inSegment(\"" + first + "\")");
        sandbox.members(third);

        sandbox.profile("C2", "Roma");
        JsonPath job = sandbox.run("[{\"segmentId\": \"" + third + "\"}]");

        assertEquals(Set.of(first, second, third), Set.copyOf(job.getList("segments.segmentId")));
        assertEquals(Map.of(first, 2, second, 2, third, 2), job.getMap("metrics.segmentedProfileCounter"));
        assertEquals(Set.of("C1", "C2"), sandbox.members(first));
        assertEquals(Set.of("C1", "C2"), sandbox.members(third));
    }

    @Test
    void aJobMovesOnlyItsOwnAudiences() {
        sandbox.profile("C1", "Roma");
        String one = sandbox.define(ROMANS);
        String other = sandbox.define("homeAddress.city != \"Lyon\"");
        sandbox.members(one);
        sandbox.members(other);

        sandbox.profile("C2", "Roma");
        sandbox.run("[{\"segmentId\": \"" + one + "\"}]");

        assertEquals(Set.of("C1", "C2"), sandbox.members(one));
        assertEquals(Set.of("C1"), sandbox.members(other));
    }

    @Test
    void theListShowsThePagesTheRequestAsksFor() {
        String id = sandbox.define(ROMANS);
        String one = sandbox.run("[{\"segmentId\": \"" + id + "\"}]").getString("id");
        String two = sandbox.evaluateAll().getString("id");
        String three = sandbox.evaluateAll().getString("id");

        sandbox.request()
                .get(JOBS)
                .then()
                .statusCode(200)
                .body("children.id", contains(three, two, one))
                .body("_page.totalCount", equalTo(3))
                .body("_page.pageSize", equalTo(3))
                .body("_links", not(hasKey("next")));
        sandbox.request()
                .queryParam("start", 1)
                .queryParam("limit", 2)
                .get(JOBS)
                .then()
                .statusCode(200)
                .body("children.id", contains(one))
                .body("_page.totalCount", equalTo(3))
                .body("_page.pageSize", equalTo(1))
                .body("_page", not(hasKey("next")));
        sandbox.request()
                .queryParam("sort", "creationTime:asc")
                .queryParam("limit", 1)
                .get(JOBS)
                .then()
                .body("children.id", contains(one))
                .body("_page.next", equalTo("1"))
                .body("_links.next.href", equalTo("@/segment/jobs?start=1&limit=1&sort=creationTime%3Aasc"));
        sandbox.request().queryParam("status", "SUCCEEDED").get(JOBS).then().body("children", hasSize(3));
        sandbox.request()
                .queryParam("status", "FAILED")
                .get(JOBS)
                .then()
                .statusCode(200)
                .body("children", empty());
        sandbox.request()
                .queryParam("property", "segments~segmentId==" + id)
                .get(JOBS)
                .then()
                .body("children", hasSize(3));
        sandbox.request()
                .queryParam("property", "segments==" + id)
                .get(JOBS)
                .then()
                .body("children", hasSize(3));
        // What the hosted service's jobs can be, and none is here.
        for (String filter : List.of("status=QUEUED", "status=CANCELLING", "snapshot.name=x")) {
            sandbox.request().get(JOBS + "?" + filter).then().statusCode(200).body("children", empty());
        }
        sandbox.request()
                .queryParam("property", "segments~segmentId==" + UUID.randomUUID())
                .get(JOBS)
                .then()
                .body("children", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "status, DONE",
        "sort, colour:asc",
        "sort, creationTime",
        "limit, 0",
        "limit, x",
        "start, -1",
        "property, name==x",
        "property, segments~segmentId==x"
    })
    void aParameterOfAnotherFormIsRefused(String name, String value) {
        sandbox.request()
                .queryParam(name, value)
                .get(JOBS)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + name + "`"));
    }

    /** What clients send beside the documented form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\": {\"name\": \"_xdm.context.profile\"}, \"segments\": [{\"segmentId\": \"%s\"}]}",
                "{\"segmentIds\": [\"%s\"]}"
            })
    void namesAudiencesInOtherForms(String body) {
        String id = sandbox.define(ROMANS);

        sandbox.createJob(body.formatted(id)).statusCode(200).body("segments.segmentId", contains(id));
        sandbox.createJob(body.formatted("*")).statusCode(200).body("segments.segmentId", contains("*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"segmentIds": []}                                           | array
            {"segmentIds": [7]}                                          | `segmentIds[0]`
            {"segmentIds": ["x"]}                                        | `segmentIds[0]`
            {"segments": [{"segmentId": "x"}]}                           | `segments[0].segmentId`
            {"segments": 7}                                              | array
            {"segmentId": "*"}                                           | array
            []                                                           | array
            ["x"]                                                        | `[0]`
            [{}]                                                         | `[0].segmentId`
            [{"segmentId": 7}]                                           | `[0].segmentId`
            [{"segmentId": "*"}, {"segmentId": "x"}]                     | `[1].segmentId`
            [{"segmentId": "00000000-0000-0000-0000-000000000000"}]      | `[0].segmentId`
            """)
    void aRequestOfAnotherFormCreatesNothing(String body, String message) {
        sandbox.createJob(body).statusCode(400).body("errors.'400'[0].message", containsString(message));
        sandbox.request().get(JOBS).then().body("_page.totalCount", equalTo(0));
    }

    @Test
    void anExternalAudienceIsNotEvaluated() {
        String id = sandbox.external("listed");

        sandbox.createJob("[{\"segmentId\": \"" + id + "\"}]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("external"));
    }

    @Test
    void severalJobsAreLookedUpAtOnce() {
        String job = sandbox.evaluateAll().getString("id");
        String nobody = UUID.randomUUID().toString();

        sandbox.request()
                .body("{\"ids\": [{\"id\": \"" + job + "\"}, {\"id\": \"" + nobody + "\"}]}")
                .post(JOBS + "/bulk-get")
                .then()
                .statusCode(207)
                .body("results.'" + job + "'.status", equalTo("SUCCEEDED"))
                .body("results.'" + nobody + "'.errors.'404'", hasSize(1));
        sandbox.request().body("{}").post(JOBS + "/bulk-get").then().statusCode(400);
        sandbox.request()
                .body(Map.of("ids", Collections.nCopies(101, Map.of("id", "x"))))
                .post(JOBS + "/bulk-get")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("1 to 100"));
    }

    @Test
    void aJobThatIsOverIsNotCancelled() {
        String job = sandbox.evaluateAll().getString("id");

        sandbox.request().delete(JOBS + "/{id}", job).then().statusCode(409);
        assertEquals("SUCCEEDED", sandbox.job(job).getString("status"));
        sandbox.request().delete(JOBS + "/{id}", UUID.randomUUID()).then().statusCode(404);
        sandbox.request().get(JOBS + "/{id}", "x").then().statusCode(404);
    }

    @Test
    void aJobWaitsWhileAnotherReplicaRunsTheSandboxesJobs() throws SQLException {
        sandbox.profile("C1", "Roma");
        String id = sandbox.define(ROMANS);
        sandbox.members(id);
        sandbox.profile("C2", "Roma");

        String waiting;
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = AdvisoryLock.take(connection, lockKey(connection))) {
            String cancelled = createJobForAll();
            waiting = createJobForAll();
            sandbox.request().delete(JOBS + "/{id}", cancelled).then().statusCode(204);
            sandbox.request().delete(JOBS + "/{id}", cancelled).then().statusCode(204);
            assertEquals("CANCELLED", sandbox.job(cancelled).getString("status"));
            assertEquals("NEW", sandbox.job(waiting).getString("status"));
            assertEquals(Set.of("C1"), sandbox.members(id));
        }

        assertEquals("SUCCEEDED", sandbox.ended(waiting).getString("status"));
        assertEquals(Set.of("C1", "C2"), sandbox.members(id));
        sandbox.request()
                .queryParam("status", "CANCELLED")
                .get(JOBS)
                .then()
                .body("children.metrics.segmentedProfileCounter", contains((Object) null));
    }

    private UUID lockKey(Connection connection) throws SQLException {
        return lockKey(connection, sandbox);
    }

    private static UUID lockKey(Connection connection, PopulatedSandbox sandbox) throws SQLException {
        return SegmentJobRunner.lockKey(Sql.one(
                connection,
                "select id from sandbox where organization = ? and name = ?",
                row -> row.getInt(1),
                sandbox.organization(),
                sandbox.name()));
    }

    @Test
    void asManyJobsMayWaitAsTheSettingSaysAndOneMoreIsA429() throws Exception {
        PopulatedSandbox own = new PopulatedSandbox("tests-" + UUID.randomUUID() + "@Pequel", "one");
        PopulatedSandbox other = new PopulatedSandbox(own.organization(), "two");
        own.define(ROMANS);
        other.define(ROMANS);

        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = AdvisoryLock.take(connection, lockKey(connection, own));
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            String first = own.createJob(ALL).statusCode(200).extract().path("id");
            for (int i = 1; i < 95; i++) {
                own.createJob(ALL).statusCode(200);
            }
            List<Callable<Integer>> creations =
                    Collections.nCopies(20, () -> own.createJob(ALL).extract().statusCode());
            int created = 0;
            for (Future<Integer> creation : threads.invokeAll(creations)) {
                created += creation.get() == 200 ? 1 : 0;
            }
            assertEquals(5, created);
            for (PopulatedSandbox each : List.of(own, other)) {
                each.createJob(ALL)
                        .statusCode(429)
                        .body("errors.'429'[0].message", containsString("100 segment jobs waiting"));
            }
            own.request().delete(JOBS + "/{id}", first).then().statusCode(204);
            other.createJob(ALL).statusCode(200);
        }

        own.request().get(JOBS).then().body("_page.totalCount", equalTo(100));
    }

    @Test
    void aJobThatIsCancelledWhileItRunsChangesNothing() {
        for (int i = 0; i < 20; i++) {
            sandbox.profile("C" + i, "Roma");
            sandbox.events("C" + i, 200);
        }
        String id = sandbox.define(ROMANS);
        sandbox.members(id);
        sandbox.define("select A from xEvent, B from xEvent, C from xEvent where A.n + B.n + C.n < 0");
        sandbox.profile("C20", "Roma");

        String job = createJobForAll();
        eventually(() -> !sandbox.job(job).getString("status").equals("NEW"));
        sandbox.request().delete(JOBS + "/{id}", job).then().statusCode(204);

        // The next job begins when the cancelled one is gone.
        String next = createJobForAll();
        eventually(() -> !sandbox.job(next).getString("status").equals("NEW"));
        sandbox.request().delete(JOBS + "/{id}", next).then().statusCode(204);
        assertEquals("CANCELLED", sandbox.job(job).getString("status"));
        assertEquals(20, sandbox.members(id).size());
    }

    private String createJobForAll() {
        return sandbox.createJob("[{\"segmentId\": \"*\"}]")
                .statusCode(200)
                .extract()
                .path("id");
    }

    @Test
    void anAudienceThatCannotBeEvaluatedDoesNotStopTheOthers() {
        sandbox.profile("C1", "Roma");
        sandbox.events("C1", 300);
        String good = sandbox.define(ROMANS);
        String bad = sandbox.define("select A from xEvent, B from xEvent, C from xEvent where A.n + B.n + C.n < 0");
        String worse = sandbox.define("inSegment(\"" + bad + "\")");
        String alsoGood = sandbox.define("inSegment(\"" + good + "\")");

        JsonPath job = sandbox.evaluateAll();

        assertEquals("FAILED", job.getString("status"));
        assertEquals(Set.of(bad, worse), Set.copyOf(job.getList("errors.segmentId")));
        assertTrue(message(job, bad).contains("combinations"));
        assertTrue(message(job, worse).contains(bad));
        assertEquals(Map.of(good, 1, alsoGood, 1), job.getMap("metrics.segmentedProfileCounter"));
        assertEquals(Set.of("C1"), sandbox.members(alsoGood));
        sandbox.membersPage(bad).statusCode(409).body("errors.'409'[0].message", containsString("combinations"));
        assertEquals(false, sandbox.withMetrics(bad).getMap("$").containsKey("metrics"));
    }

    private static String message(JsonPath job, String audience) {
        return job.getString("errors.find { it.segmentId == '" + audience + "' }.message");
    }
}
