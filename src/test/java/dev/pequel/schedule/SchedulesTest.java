package dev.pequel.schedule;

import static dev.pequel.schedule.ScheduledSandbox.BASE;
import static dev.pequel.schedule.ScheduledSandbox.SCHEDULE;
import static dev.pequel.schedule.ScheduledSandbox.SCHEDULES;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /config/schedules}. */
@QuarkusTest
class SchedulesTest {

    private static final String ACTIVATE = "[{\"op\": \"add\", \"path\": \"/state\", \"value\": \"active\"}]";

    private final ScheduledSandbox sandbox = ScheduledSandbox.fresh();

    // --- The default ---

    @Test
    void thereIsNoneBeforeAnythingIsStored() {
        sandbox.list().body("children", empty()).body("_page.totalCount", equalTo(0));
        sandbox.request().get(SCHEDULE, UUID.randomUUID()).then().statusCode(404);
    }

    /** Tests run with {@code pequel.segmentation.schedule=off}, so it is inactive. */
    @Test
    void aSandboxHasANightlyScheduleFromTheBeginning() {
        sandbox.profile();

        sandbox.list()
                .body("_page.totalCount", equalTo(1))
                .body("_page.pageSize", equalTo(1))
                .body("children[0].name", equalTo("profile-default"))
                .body("children[0].type", equalTo("batch_segmentation"))
                .body("children[0].state", equalTo("inactive"))
                .body("children[0].schedule", equalTo("0 0 3 * * ?"))
                .body("children[0].properties", equalTo(Map.of("segments", List.of("*"))))
                .body("children[0].imsOrgId", equalTo(sandbox.organization()))
                .body("children[0].sandbox.sandboxName", equalTo(sandbox.name()));
    }

    @Test
    void theNightlyScheduleIsLikeAnyOther() {
        sandbox.profile();
        String id = sandbox.list().extract().path("children[0].id");

        sandbox.patch(id, ACTIVATE).statusCode(204);
        assertEquals(3, hour(sandbox.get(id)));
        sandbox.request().delete(SCHEDULE, id).then().statusCode(204);
        sandbox.profile();
        sandbox.list().body("children", empty());
    }

    // --- Creating ---

    @Test
    void aNewScheduleIsInactiveUnlessItSaysOtherwise() {
        sandbox.post("""
                        {"name": "Mine", "type": "batch_segmentation", "properties": {"segments": ["*"]}, "schedule": "0 0 4 * * ?"}
                        """)
                .statusCode(200)
                .body("id", notNullValue())
                .body("name", equalTo("Mine"))
                .body("state", equalTo("inactive"))
                .body("createEpoch", notNullValue())
                .body("updateEpoch", notNullValue())
                .body("$", not(hasKey("nextRunEpoch")))
                .body("$", not(hasKey("lastRunEpoch")))
                .body("$", not(hasKey("lastJobId")));
        sandbox.list().body("children.name", contains("profile-default", "Mine"));
    }

    @Test
    void anActiveScheduleTellsWhenItRunsNext() {
        String audience = sandbox.define();
        JsonPath schedule = sandbox.get(sandbox.create("0 30 13 * * ?", "\"" + audience + "\", \"" + audience + "\""));

        assertEquals(List.of(audience), schedule.getList("properties.segments"));
        Instant next = Instant.ofEpochSecond(schedule.getLong("nextRunEpoch"));
        assertTrue(next.isAfter(Instant.ofEpochSecond(schedule.getLong("createEpoch"))), next.toString());
        assertEquals("13:30", next.atZone(ZoneOffset.UTC).toLocalTime().toString());
        assertEquals(13, hour(schedule));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'type': 'batch_segmentation', 'properties': {'segments': ['*']}, 'schedule': '0 0 4 * * ?'} | `name`: is required
                    {'name': ' '}                               | `name`: must not be blank
                    {'name': 'A'}                               | `type`: is required
                    {'name': 'A'}                               | `properties`: is required
                    {'name': 'A'}                               | `schedule`: is required
                    {'type': 'export'}                          | `type`: must be batch_segmentation, as only that is supported
                    {'type': 1}                                 | `type`: must be a string, but is the number 1
                    {'state': 'on'}                             | `state`: must be active or inactive
                    {'properties': {}}                          | `properties.segments`: is required
                    {'properties': []}                          | `properties`: must be an object, but is an array
                    {'properties': {'segments': []}}            | `properties.segments`: must name an audience
                    {'properties': {'segments': '*'}}           | `properties.segments`: must be an array of strings
                    {'properties': {'segments': ['x']}}         | `properties.segments[0]`: there is no audience with the id x
                    {'properties': {'segments': ['*', 7]}}      | `properties.segments[1]`: must be a string, but is the number 7
                    {'schedule': 'x'}                           | `schedule`: is not a Quartz cron expression: Cron expression contains 1 parts
                    {'schedule': '0 0 0 30 2 ?'}                | `schedule`: never fires
                    {'schedule': '0 0 3,15 * * ?'}              | but between two runs there must be at least PT24H
                    {'schedule': ''}                            | `schedule`: is not a Quartz cron expression: Empty
                    []                                          | must be a JSON object
                    """)
    void whatIsWrongIsNamed(String body, String expected) {
        sandbox.post(body.replace('\'', '"'))
                .statusCode(400)
                .body("errors.'400'.message", hasItem(containsString(expected)));
        // Nothing is left behind, not even a sandbox with its nightly schedule.
        sandbox.list().body("children", empty());
    }

    @Test
    void onlyAudiencesThatAreEvaluatedCanBeNamed() {
        String external = sandbox.audience("{\"name\": \"E\", \"type\": \"ExternalAudience\", \"audienceId\": \"e\"}");
        String draft = sandbox.audience(
                "{\"name\": \"D\", \"expression\": {\"value\": \"homeAddress.city = \\\"Roma\\\"\"}, \"lifecycle\": \"draft\"}");

        assertRefused(external, "is external");
        assertRefused(draft, "is a draft");
        assertRefused(UUID.randomUUID().toString(), "there is no audience");
    }

    private void assertRefused(String audience, String reason) {
        sandbox.post("""
                        {"name": "Mine", "type": "batch_segmentation", "properties": {"segments": ["%s"]}, "schedule": "0 0 4 * * ?"}
                        """.formatted(audience))
                .statusCode(400)
                .body("errors.'400'.message", contains(containsString("`properties.segments[0]`: ")))
                .body("errors.'400'.message", contains(containsString(reason)));
    }

    // --- Listing ---

    @Test
    void pagesWalkThroughAll() {
        for (int i = 0; i < 4; i++) {
            sandbox.create("0 0 " + i + " * * ?", "\"*\"");
        }

        page("?limit=2")
                .body("children.schedule", contains("0 0 3 * * ?", "0 0 0 * * ?"))
                .body("_page", equalTo(Map.of("totalCount", 5, "pageSize", 2, "next", "1")))
                .body("_links.next.href", equalTo("@/config/schedules?start=1&limit=2"));
        page("?limit=2&start=1").body("children.schedule", contains("0 0 1 * * ?", "0 0 2 * * ?"));
        page("?limit=2&start=2")
                .body("children.schedule", contains("0 0 3 * * ?"))
                .body("_page", equalTo(Map.of("totalCount", 5, "pageSize", 1)))
                .body("_links", equalTo(Map.of()));
        page("?limit=1000&start=2147483647").body("children", empty());
    }

    private ValidatableResponse page(String query) {
        return sandbox.request().get(SCHEDULES + query).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"start, -1", "start, x", "limit, 0", "limit, 1001", "limit, 1.5"})
    void aPageIsOfWholeNumbers(String parameter, String value) {
        sandbox.request()
                .queryParam(parameter, value)
                .get(SCHEDULES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + parameter + "`"));
    }

    // --- Changing ---

    @Test
    void aPatchChangesWhatItNames() {
        String audience = sandbox.define();
        String id = sandbox.create("0 0 4 * * ?", "\"*\"");

        sandbox.patch(id, """
                        [{"op": "add", "path": "/schedule", "value": "0 0 2 * * ?"},
                         {"op": "replace", "path": "/name", "value": "Yours"},
                         {"op": "replace", "path": "/properties/segments", "value": ["%s"]}]
                        """.formatted(audience)).statusCode(204);

        JsonPath schedule = sandbox.get(id);
        assertEquals("Yours", schedule.getString("name"));
        assertEquals("0 0 2 * * ?", schedule.getString("schedule"));
        assertEquals(List.of(audience), schedule.getList("properties.segments"));
        assertEquals("active", schedule.getString("state"));
        assertEquals(2, hour(schedule));

        sandbox.patch(id, "[{\"op\": \"add\", \"path\": \"/state\", \"value\": \"inactive\"}]")
                .statusCode(204);
        assertFalse(sandbox.get(id).getMap("").containsKey("nextRunEpoch"));
        sandbox.patch(id, ACTIVATE).statusCode(204);
        assertEquals(2, hour(sandbox.get(id)));
        sandbox.patch(id, "[{\"op\": \"add\", \"path\": \"/properties\", \"value\": {\"segments\": [\"*\"]}}]")
                .statusCode(204);
        assertEquals(List.of("*"), sandbox.get(id).getList("properties.segments"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'op': 'add', 'path': '/state', 'value': 'active'}      | must be a JSON Patch: an array of operations
                    ['x']                                                   | `[0]`: must be an object
                    [{'path': '/state', 'value': 'active'}]                 | `[0].op`: is required
                    [{'op': 'remove', 'path': '/name', 'value': 'x'}]       | `[0].op`: must be one of [add, replace], but is remove
                    [{'op': 'add', 'path': '/type', 'value': 'export'}]     | `[0].path`: must be one of
                    [{'op': 'add', 'path': '/properties/segments/-', 'value': '*'}] | but is /properties/segments/-
                    [{'op': 'add', 'path': '', 'value': {}}]                | `[0].path`: must be one of
                    [{'op': 'add', 'path': '/name'}]                        | `[0].value`: is required
                    [{'op': 'add', 'path': '/name', 'value': null}]         | `name`: is required
                    [{'op': 'add', 'path': '/name', 'value': 1}]            | `name`: must be a string
                    [{'op': 'add', 'path': '/state', 'value': 'on'}]        | `state`: must be active or inactive
                    [{'op': 'add', 'path': '/schedule', 'value': 'x'}]      | `schedule`: is not a Quartz cron expression
                    [{'op': 'add', 'path': '/schedule', 'value': '0 * * * * ?'}] | at least PT24H
                    [{'op': 'add', 'path': '/properties', 'value': 1}, {'op': 'add', 'path': '/properties/segments', 'value': ['*']}] | `properties`: must be an object
                    [{'op': 'add', 'path': '/name', 'value': 'B'}, {'op': 'add', 'path': '/properties/segments', 'value': ['x']}] | there is no audience with the id x
                    """)
    void aPatchThatIsNotValidChangesNothing(String patch, String expected) {
        String id = sandbox.create("0 0 4 * * ?", "\"*\"");
        Map<String, Object> before = sandbox.get(id).getMap("");

        sandbox.patch(id, patch.replace('\'', '"'))
                .statusCode(400)
                .body("errors.'400'.message", hasItem(containsString(expected)));
        assertEquals(before, sandbox.get(id).getMap(""));
    }

    @Test
    void aPatchHasAHundredOperationsAtMost() {
        String id = sandbox.create("0 0 4 * * ?", "\"*\"");
        String operation = "{\"op\": \"add\", \"path\": \"/name\", \"value\": \"B\"}";

        sandbox.patch(id, "[" + (operation + ",").repeat(99) + operation + "]").statusCode(204);
        sandbox.patch(id, "[" + (operation + ",").repeat(100) + operation + "]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("101 operations"));
    }

    /** Otherwise it could not be switched off. */
    @Test
    void anAudienceThatWasDeletedIsNoReasonToRefuseAnotherChange() {
        String audience = sandbox.define();
        String id = sandbox.create("0 0 4 * * ?", "\"" + audience + "\"");
        sandbox.request().delete(BASE + "/audiences/{id}", audience).then().statusCode(204);

        sandbox.patch(id, "[{\"op\": \"add\", \"path\": \"/state\", \"value\": \"inactive\"}]")
                .statusCode(204);
        assertEquals(List.of(audience), sandbox.get(id).getList("properties.segments"));
    }

    // --- Deleting ---

    @Test
    void aDeletedScheduleIsGone() {
        String id = sandbox.create("0 0 4 * * ?", "\"*\"");

        sandbox.request().delete(SCHEDULE, id).then().statusCode(204);
        sandbox.request().delete(SCHEDULE, id).then().statusCode(404);
        sandbox.patch(id, ACTIVATE).statusCode(404);
        sandbox.list().body("children.id", not(hasItem(id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "4f1e1a52-7f0e-4a4e-9f52-0c5e1a3c7d11"})
    void anUnknownScheduleIsNotFound(String id) {
        sandbox.profile();
        sandbox.request()
                .get(SCHEDULE, id)
                .then()
                .statusCode(404)
                .body("errors.'404'[0].message", containsString("no schedule with the id " + id));
        sandbox.patch(id, "[]").statusCode(404);
        sandbox.request().delete(SCHEDULE, id).then().statusCode(404);
    }

    // --- The audit trail ---

    @Test
    void changesAreInTheAuditTrail() {
        String id = sandbox.create("0 0 4 * * ?", "\"*\"");
        sandbox.patch(id, "[{\"op\": \"add\", \"path\": \"/schedule\", \"value\": \"0 0 5 * * ?\"}]")
                .statusCode(204);
        int updated = sandbox.get(id).getInt("updateEpoch");
        sandbox.patch(id, ACTIVATE).statusCode(204);
        sandbox.patch(id, "[]").statusCode(204);
        assertEquals(updated, sandbox.get(id).getInt("updateEpoch"));
        sandbox.request().delete(SCHEDULE, id).then().statusCode(204);

        events("schedule")
                .body("children.action", contains("deleted", "changed", "created"))
                .body("children.subject", contains("schedule", "schedule", "schedule"))
                .body("children[0].changes[0]", equalTo(Map.of("property", "id", "before", id)))
                .body(
                        "children[1].changes",
                        contains(
                                Map.of("property", "id", "before", id, "after", id),
                                Map.of("property", "schedule", "before", "0 0 4 * * ?", "after", "0 0 5 * * ?")))
                .body("children[2].changes.property", contains("id", "name", "type", "state", "properties", "schedule"))
                .body("children[2].changes[1].before", nullValue())
                .body("children[2].changes[1].after", equalTo("Mine"));
        events("audience").body("children", empty());
    }

    private ValidatableResponse events(String subject) {
        return sandbox.request()
                .queryParam("subject", subject)
                .get(BASE + "/audit/events")
                .then()
                .statusCode(200);
    }

    private static int hour(JsonPath schedule) {
        return Instant.ofEpochSecond(schedule.getLong("nextRunEpoch"))
                .atZone(ZoneOffset.UTC)
                .getHour();
    }
}
