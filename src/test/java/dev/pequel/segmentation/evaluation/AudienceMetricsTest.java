package dev.pequel.segmentation.evaluation;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code withMetrics}: the numbers of the present expression over the present profiles. */
@QuarkusTest
class AudienceMetricsTest {

    private static final String ROMANS = "homeAddress.city = \"Roma\"";

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @Test
    void haveExactlyThePropertiesOfTheContract() {
        sandbox.profiles("""
                {"homeAddress": {"city": "Roma"}, "identityMap": {"crmid": [{"id": "C1"}], "email": [{"id": "a"}, {"id": "b"}]}}
                {"homeAddress": {"city": "Roma"}, "identityMap": {"email": [{"id": "c"}]}}
                {"homeAddress": {"city": "Lyon"}, "identityMap": {"phone": [{"id": "d"}]}}
                """);
        String id = sandbox.define(ROMANS);

        JsonPath audience = sandbox.withMetrics(id);

        Map<String, Object> metrics = audience.getMap("metrics");
        assertEquals(
                List.of("type", "jobId", "id", "imsOrgId", "sandbox", "data", "createEpoch", "updateEpoch"),
                List.copyOf(metrics.keySet()));
        assertEquals("batch_segmentation", metrics.get("type"));
        assertEquals(id, metrics.get("id"));
        assertEquals(sandbox.organization(), metrics.get("imsOrgId"));
        assertEquals(audience.getMap("sandbox"), metrics.get("sandbox"));
        assertEquals(
                Map.of(
                        "totalProfiles", 2,
                        "totalProfilesByNamespace", Map.of("crmid", 1, "email", 2),
                        "totalProfilesByStatus", Map.of("realized", 2, "exited", 0)),
                metrics.get("data"));
        assertEquals(audience.getInt("createEpoch"), metrics.get("createEpoch"));
        assertTrue((int) metrics.get("updateEpoch") >= audience.getInt("createEpoch"));
    }

    @Test
    void areZeroInASandboxWithoutProfiles() {
        String id = sandbox.define(ROMANS);

        assertEquals(0, sandbox.total(id));
        assertEquals(Map.of(), sandbox.withMetrics(id).getMap("metrics.data.totalProfilesByNamespace"));
    }

    @Test
    void areAlwaysThoseOfThePresentExpression() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Lyon");
        sandbox.profile("C3", "Lyon");
        String id = sandbox.define(ROMANS);

        for (int i = 0; i < 10; i++) {
            assertEquals(1, sandbox.total(id));
            sandbox.redefine(id, "homeAddress.city = \"Lyon\"");
            assertEquals(2, sandbox.total(id));
            sandbox.redefine(id, ROMANS);
        }
    }

    @Test
    void containEveryImportAndDeletionThatHasEnded() {
        String id = sandbox.define(ROMANS);

        for (int i = 1; i <= 5; i++) {
            sandbox.profile("C" + i, "Roma");
            assertEquals(i, sandbox.total(id));
        }
        sandbox.profile("C1", "Lyon");
        assertEquals(4, sandbox.total(id));
        sandbox.deleteProfile("C2");
        assertEquals(3, sandbox.total(id));
        assertEquals(3, sandbox.withMetrics(id).getInt("metrics.data.totalProfilesByNamespace.crmid"));
    }

    @Test
    void stayTheSameEvaluationAsLongAsNothingChanges() {
        sandbox.profile("C1", "Roma");
        String id = sandbox.define(ROMANS);
        sandbox.evaluateAll();

        String evaluation = sandbox.withMetrics(id).getString("metrics.jobId");
        assertEquals(evaluation, sandbox.withMetrics(id).getString("metrics.jobId"));

        sandbox.profile("C2", "Lyon");
        assertNotEquals(evaluation, sandbox.withMetrics(id).getString("metrics.jobId"));
    }

    @Test
    void followTheAudiencesThatTheExpressionRefersTo() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Lyon");
        sandbox.profile("C3", "Lyon");
        String inner = sandbox.define(ROMANS);
        String listed = sandbox.external("listed");
        String outer = sandbox.define("not inSegment(\"" + inner + "\")");
        String outermost = sandbox.define("inSegment(\"" + outer + "\") or inSegment(\"" + listed + "\")");

        assertEquals(2, sandbox.total(outer));
        assertEquals(2, sandbox.total(outermost));
        sandbox.redefine(inner, "homeAddress.city = \"Lyon\"");
        assertEquals(1, sandbox.total(outermost));
        sandbox.listMembers(listed, "text/csv", "crmid,C2").statusCode(200);
        assertEquals(2, sandbox.total(outermost));
        sandbox.redefine(outer, "inSegment(\"" + inner + "\")");
        assertEquals(2, sandbox.total(outermost));
    }

    @Test
    void followTheSchemaThatTheExpressionIsReadWith() {
        sandbox.profiles("{\"nick\": \"Ada\", \"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}");
        String id = sandbox.define("nick.startsWith(\"A\")");
        assertEquals(1, sandbox.total(id));

        sandbox.request()
                .body("{\"type\": \"object\", \"properties\": {\"nick\": {\"type\": \"integer\"}}}")
                .put(BASE + "/config/schema")
                .then()
                .statusCode(200);
        assertEquals(false, sandbox.withMetrics(id).getMap("$").containsKey("metrics"));

        sandbox.request().delete(BASE + "/config/schema").then().statusCode(204);
        assertEquals(1, sandbox.total(id));
    }

    @Test
    void doNotMoveMembershipsOn() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Roma");
        String id = sandbox.define(ROMANS);
        assertEquals(Set.of("C1", "C2"), sandbox.members(id));

        sandbox.profile("C1", "Lyon");

        for (int i = 0; i < 3; i++) {
            assertEquals(1, sandbox.total(id));
            assertEquals(1, sandbox.exited(id));
            assertEquals(Set.of("C1", "C2"), sandbox.members(id));
        }
    }

    @Test
    void ofAListAreCountedAllAtOnceAndSortIt() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Lyon");
        sandbox.profile("C3", "Lyon");
        String one = sandbox.define(ROMANS);
        String two = sandbox.define("homeAddress.city = \"Lyon\"");
        String all = sandbox.define("homeAddress.city.isNotNull()");

        sandbox.request()
                .queryParam("property", "withMetrics==true")
                .queryParam("sort", "totalProfiles:desc")
                .get(BASE + "/audiences")
                .then()
                .statusCode(200)
                .body("children.id", contains(all, two, one))
                .body("children.metrics.data.totalProfiles", contains(3, 2, 1));
        sandbox.profiles("""
                {"homeAddress": {"city": "Roma"}, "identityMap": {"crmid": [{"id": "C4"}]}}
                {"homeAddress": {"city": "Roma"}, "identityMap": {"crmid": [{"id": "C5"}]}}
                """);
        sandbox.request()
                .queryParam("sort", "totalProfiles:desc")
                .get(BASE + "/audiences")
                .then()
                .statusCode(200)
                .body("children.id", contains(all, one, two));
    }

    @Test
    void areOfOneSandboxAlone() {
        PopulatedSandbox other = PopulatedSandbox.fresh();
        sandbox.profile("C1", "Roma");
        other.profile("C1", "Roma");
        other.profile("C2", "Roma");
        String here = sandbox.define(ROMANS);
        String there = other.define(ROMANS);

        assertEquals(1, sandbox.total(here));
        assertEquals(2, other.total(there));
        other.request().get(BASE + "/audiences/{id}/members", here).then().statusCode(404);
        other.request()
                .body("[\"" + here + "\"]")
                .post(BASE + "/audiences/overlap")
                .then()
                .statusCode(404);
        other.createJob("[{\"segmentId\": \"" + here + "\"}]").statusCode(400);
        String job = sandbox.evaluateAll().getString("id");
        other.request().get(BASE + "/segment/jobs/{id}", job).then().statusCode(404);
        other.request().delete(BASE + "/segment/jobs/{id}", job).then().statusCode(404);
        other.request().get(BASE + "/segment/jobs").then().statusCode(200).body("_page.totalCount", equalTo(0));
    }
}
