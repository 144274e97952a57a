package dev.pequel.segmentation.evaluation;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lifecycle}: draft, published or active, inactive. */
@QuarkusTest
class LifecycleTest {

    private static final String ROMANS = "homeAddress.city = \"Roma\"";

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @BeforeEach
    void twoRomans() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Roma");
        sandbox.profile("C3", "Lyon");
    }

    @Test
    void anAudienceIsActiveUnlessItsClientSaysOtherwise() {
        get(sandbox.define(ROMANS)).body("lifecycle", equalTo("active")).body("lifecycleState", equalTo("active"));
        get(create("lifecycle", "draft")).body("lifecycle", equalTo("draft")).body("lifecycleState", equalTo("draft"));
        get(create("lifecycleState", "published")).body("lifecycle", equalTo("published"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "published"})
    void whatIsPublishedIsEvaluated(String state) {
        String id = create("lifecycle", state);

        assertEquals(2, sandbox.total(id));
        assertEquals(Set.of("C1", "C2"), sandbox.members(id));
    }

    @Test
    void aDraftHasNeitherMembersNorNumbersUntilItIsPublished() {
        String id = create("lifecycle", "draft");

        assertEquals(Set.of(), sandbox.members(id));
        withMetrics(id)
                .body("", not(hasKey("metrics")))
                .body("metricsError", equalTo("It has never been evaluated because it is a draft or inactive."));
        sandbox.evaluateAll();
        assertEquals(Set.of(), sandbox.members(id));

        change(id, "lifecycle", "published").statusCode(200).body("lifecycleState", equalTo("published"));

        assertEquals(2, sandbox.total(id));
        assertEquals(Set.of("C1", "C2"), sandbox.members(id));
    }

    @Test
    void anInactiveAudienceKeepsItsMembersAndNumbers() {
        String id = sandbox.define(ROMANS);
        sandbox.evaluateAll();
        JsonPath before = sandbox.withMetrics(id);

        change(id, "lifecycle", "inactive").statusCode(200);
        sandbox.profile("C3", "Roma");
        sandbox.evaluateAll();

        JsonPath after = sandbox.withMetrics(id);
        assertEquals(2, after.getLong("metrics.data.totalProfiles"));
        assertEquals(before.getLong("metrics.updateEpoch"), after.getLong("metrics.updateEpoch"));
        assertEquals(before.getString("metrics.jobId"), after.getString("metrics.jobId"));
        assertEquals(Set.of("C1", "C2"), sandbox.members(id));
        assertEquals("realized", membership("C1", id));
        assertEquals(null, membership("C3", id));
    }

    @Test
    void whatIsActiveAgainIsEvaluatedAgain() {
        String id = sandbox.define(ROMANS);
        sandbox.evaluateAll();
        change(id, "lifecycle", "inactive").statusCode(200);
        sandbox.profile("C3", "Roma");

        change(id, "lifecycleState", "active").statusCode(200).body("lifecycle", equalTo("active"));

        assertEquals(3, sandbox.total(id));
        assertEquals(Set.of("C1", "C2", "C3"), sandbox.members(id));
    }

    @Test
    void inSegmentSeesTheMembersThatAnInactiveAudienceKeeps() {
        String kept = sandbox.define(ROMANS);
        assertEquals(2, sandbox.members(kept).size());
        change(kept, "lifecycle", "inactive").statusCode(200);
        sandbox.profile("C3", "Roma");

        String referring = sandbox.define("inSegment(\"" + kept + "\")");

        assertEquals(2, sandbox.total(referring));
        assertEquals(Set.of("C1", "C2"), sandbox.members(referring));
    }

    @Test
    void inSegmentOfADraftThatWasNeverEvaluatedIsFalse() {
        String draft = create("lifecycle", "draft");
        String referring = sandbox.define("not inSegment(\"" + draft + "\")");

        assertEquals(3, sandbox.total(referring));
        assertEquals("SUCCEEDED", sandbox.evaluateAll().getString("status"));
    }

    @Test
    void aJobRefusesToEvaluateADraft() {
        String draft = create("lifecycle", "draft");

        sandbox.createJob("[{\"segmentId\": \"" + draft + "\"}]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("is a draft or inactive"));
    }

    @Test
    void whatActiveAudiencesReferToStaysActive() {
        String id = sandbox.define(ROMANS);
        String referring = sandbox.define("inSegment(\"" + id + "\")");

        change(id, "lifecycle", "inactive").statusCode(409).body("errors.'409'[0].message", containsString(referring));

        change(referring, "lifecycle", "inactive").statusCode(200);
        change(id, "lifecycle", "inactive").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "active   | draft    | cannot return to draft",
                "inactive | draft    | cannot return to draft",
                "draft    | inactive | cannot become inactive before it has been published",
                "active   | archived | cannot be archived; an audience is archived when it is deleted"
            })
    void otherChangesAreRefused(String from, String to, String message) {
        String id = create("lifecycle", from);

        change(id, "lifecycle", to)
                .statusCode(400)
                .body("errors.'400'[0].message", equalTo("`lifecycle`: " + message(message, from)));
        change(id, "lifecycleState", to)
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`lifecycleState`: " + message));
        get(id).body("lifecycle", equalTo(from));
    }

    private static String message(String message, String from) {
        return message.equals("cannot return to draft") ? message + " from " + from : message;
    }

    @Test
    void twoNamesOfTheStateMustAgree() {
        sandbox.request()
                .body("""
                        {"name": "A", "expression": {"value": "n = 1"}, "lifecycle": "draft", "lifecycleState": "active"}""")
                .post(BASE + "/audiences")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`lifecycleState`: differs from lifecycle"));
    }

    @Test
    void ofAnAudienceThatIsSentBackTheChangedNameCounts() {
        String id = sandbox.define(ROMANS);
        String read = get(id).extract().asString();

        put(id, read.replace("\"lifecycle\":\"active\"", "\"lifecycle\":\"inactive\""))
                .statusCode(200)
                .body("lifecycleState", equalTo("inactive"));
        read = get(id).extract().asString();
        put(id, read.replace("\"lifecycleState\":\"inactive\"", "\"lifecycleState\":\"published\""))
                .statusCode(200)
                .body("lifecycle", equalTo("published"));
    }

    @Test
    void bothNamesAreFiltersAndOrders() {
        String draft = create("lifecycle", "draft");
        String active = sandbox.define(ROMANS);

        list("property", "lifecycleState==draft").body("children.id", contains(draft));
        list("property", "lifecycle==draft").body("children.id", contains(draft));
        list("sort", "lifecycleState:asc").body("children.id", contains(active, draft));
    }

    @Test
    void tagsAndOriginAreKeptAndFiltered() {
        String id = sandbox.request()
                .body("""
                        {"name": "A", "expression": {"value": "n = 1"}, "tags": ["t2", "t1"], "originName": "CUSTOM_UPLOAD"}""")
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .body("tags", contains("t2", "t1"))
                .body("originName", equalTo("CUSTOM_UPLOAD"))
                .extract()
                .path("id");
        sandbox.define(ROMANS);

        list("property", "tags==t1").body("children.id", contains(id));
        list("property", "originName==CUSTOM_UPLOAD").body("children.id", contains(id));
        change(id, "originName", "OTHER").statusCode(200).body("originName", equalTo("OTHER"));
    }

    @Test
    void anAudienceThatTheSchemaBrokeCanBeRenamedAndSwitchedOff() {
        String id = sandbox.define(ROMANS);
        sandbox.request().body("""
                        {"type": "object", "additionalProperties": false, "properties": {"person": {"type": "object"}}}""").put(BASE + "/config/schema").then().statusCode(200);

        withMetrics(id)
                .body("", not(hasKey("metrics")))
                .body("metricsError", containsString("Its expression is no longer valid: "));
        change(id, "name", "Renamed").statusCode(200).body("name", equalTo("Renamed"));
        change(id, "lifecycle", "inactive").statusCode(200);
        change(id, "expression", "homeAddress.city = \"Lyon\"").statusCode(400);
    }

    @Test
    void membersFollowTheSchemaBeforeAnybodyAsksForThem() {
        sandbox.profiles("{\"seen\": \"2026-05-14T10:00:00+02:00\", \"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}");
        String id = sandbox.define("seen = \"2026-05-14T08:00:00Z\"");
        String referring = sandbox.define("inSegment(\"" + id + "\")");
        assertEquals(1, sandbox.total(referring));
        assertEquals("realized", membership("C1", referring));

        sandbox.request()
                .body("{\"type\": \"object\", \"properties\": {\"seen\": {\"type\": \"string\"}}}")
                .put(BASE + "/config/schema")
                .then()
                .statusCode(200);
        assertEquals("exited", membership("C1", id));
        assertEquals("exited", membership("C1", referring));

        sandbox.request().delete(BASE + "/config/schema").then().statusCode(204);
        assertEquals("realized", membership("C1", referring));
    }

    private String create(String name, String state) {
        return sandbox.request()
                .body("""
                        {"name": "A", "expression": {"value": "homeAddress.city = \\"Roma\\""}, "%s": "%s"}""".formatted(name, state))
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private ValidatableResponse change(String id, String property, String value) {
        return sandbox.request()
                .body("[{\"op\": \"add\", \"path\": \"/%s\", \"value\": \"%s\"}]"
                        .formatted(
                                property.equals("expression") ? "expression/value" : property,
                                value.replace("\"", "\\\"")))
                .patch(BASE + "/audiences/{id}", id)
                .then();
    }

    private ValidatableResponse put(String id, String body) {
        return sandbox.request().body(body).put(BASE + "/audiences/{id}", id).then();
    }

    private ValidatableResponse get(String id) {
        return sandbox.request().get(BASE + "/audiences/{id}", id).then().statusCode(200);
    }

    private ValidatableResponse withMetrics(String id) {
        return sandbox.request()
                .queryParam("withMetrics", true)
                .get(BASE + "/audiences/{id}", id)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse list(String name, String value) {
        return sandbox.request()
                .queryParam(name, value)
                .get(BASE + "/audiences")
                .then()
                .statusCode(200);
    }

    private String membership(String crmid, String id) {
        return sandbox.membership(crmid, id);
    }
}
