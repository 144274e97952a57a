package dev.pequel.audit;

import static dev.pequel.Eventually.eventually;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.EmbeddedPostgresql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed which audience, when and how. */
@QuarkusTest
class AuditTest {

    private static final String EVENTS = "/data/core/ups/audit/events";
    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final String DEFINITION = """
            {"name": "%s", "expression": {"type": "PQL", "format": "pql/text", "value": "workAddress.country = \\"US\\""}}
            """;
    private static final String EXTERNAL = """
            {"name": "%s", "audienceId": "%s", "type": "ExternalAudience", "namespace": "aam", "audienceMeta": {"a":  [1, 2.50]}}
            """;

    private final String sandbox = "audit-" + UUID.randomUUID();

    @EmbeddedPostgresql.Connections
    DataSource database;

    @Test
    void aNewAudienceIsRecordedWithAllThatItsClientDecides() {
        String id = create(DEFINITION.formatted("Americans"));

        events().body("children", hasSize(1))
                .body("children[0].action", equalTo("created"))
                .body("children[0].audience", equalTo(Map.of("id", id, "name", "Americans")))
                .body("children[0].caller", equalTo("jane"))
                .body("children[0].imsOrgId", equalTo("tests@Pequel"))
                .body("children[0].sandbox.sandboxName", equalTo(sandbox))
                .body("children[0].id", notNullValue())
                .body("children[0].changes.property", hasItem("expression"))
                .body("children[0].changes.property", not(hasItem("_etag")))
                .body("children[0].changes.property", not(hasItem("id")))
                .body("children[0].changes.before", everyItem(equalTo(null)))
                .body("children[0].changes.find {it.property == 'name'}.after", equalTo("Americans"))
                .body("children[0].changes.find {it.property == 'ttlInDays'}.after", equalTo(60))
                .body(
                        "children[0].changes.find {it.property == 'expression'}.after.value",
                        equalTo("workAddress.country = \"US\""))
                .body("_page", equalTo(Map.of("totalCount", 1, "pageSize", 1, "limit", 100)))
                .body("_links", equalTo(Map.of()));
    }

    /** Audiences that are created at the same time are stored together. */
    @Test
    void eachOfManyThatAreCreatedAtOnceHasItsOwnEvent() throws Exception {
        int clients = 8;
        List<Future<String>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < 5 * clients; i++) {
                String number = String.valueOf(i);
                created.add(threads.submit(() -> request("client-" + number)
                        .header("x-request-id", "request-" + number)
                        .body(DEFINITION.formatted("Audience " + number))
                        .post(AUDIENCES)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id")));
            }
        }

        ValidatableResponse events = events().body("_page.totalCount", equalTo(created.size()));
        for (int i = 0; i < created.size(); i++) {
            String event = "children.find {it.audience.id == '%s'}"
                    .formatted(created.get(i).get());
            events.body(event + ".audience.name", equalTo("Audience " + i))
                    .body(event + ".caller", equalTo("client-" + i))
                    .body(event + ".requestId", equalTo("request-" + i))
                    .body(event + ".changes.find {it.property == 'name'}.after", equalTo("Audience " + i));
        }
    }

    @Test
    void aPatchIsRecordedWithWhatDiffers() {
        String id = create(DEFINITION.formatted("Americans"));

        request("john")
                .header("x-request-id", "patch-1")
                .body("""
                        [{"op": "replace", "path": "/name", "value": "Canadians"},
                         {"op": "replace", "path": "/expression/value", "value": "workAddress.country = \\"CA\\""},
                         {"op": "add", "path": "/labels/-", "value": "core/C1"}]
                        """)
                .patch(AUDIENCES + "/" + id)
                .then()
                .statusCode(200);

        events().body("children.action", contains("changed", "created"))
                .body("children[0].caller", equalTo("john"))
                .body("children[0].requestId", equalTo("patch-1"))
                .body("children[0].audience.name", equalTo("Canadians"))
                .body("children[0].changes.property", contains("name", "expression", "labels"))
                .body(
                        "children[0].changes[0]",
                        equalTo(Map.of("property", "name", "before", "Americans", "after", "Canadians")))
                .body("children[0].changes[1].before.value", equalTo("workAddress.country = \"US\""))
                .body("children[0].changes[1].after.value", equalTo("workAddress.country = \"CA\""))
                .body(
                        "children[0].changes[2]",
                        equalTo(Map.of("property", "labels", "before", List.of(), "after", List.of("core/C1"))));
    }

    @Test
    void whatIsOverwrittenByTheSameIsNoDifference() {
        String id = create(EXTERNAL.formatted("Partners", "partners"));

        request("jane")
                .body(EXTERNAL.formatted("Partners", "partners"))
                .put(AUDIENCES + "/" + id)
                .then()
                .statusCode(200);

        events().body("children[0].action", equalTo("changed")).body("children[0].changes", empty());
    }

    @Test
    void whatIsLeftOutOfAnOverwrittenAudienceIsGone() {
        String id = create("""
                {"name": "A", "description": "B", "audienceId": "A", "type": "ExternalAudience", "datasetId": "1"}\
                """);

        request("jane").body("""
                        {"name": "A", "audienceId": "A", "type": "ExternalAudience", "datasetId": "2"}""").put(AUDIENCES + "/" + id).then().statusCode(200);

        events().body("children[0].changes.property", contains("datasetId", "description"))
                .body("children[0].changes[1]", equalTo(Map.of("property", "description", "before", "B")))
                .body("children[0].changes[1]", not(hasKey("after")));
    }

    @Test
    void aDeletedAudienceIsRecordedWithAllThatItWas() {
        String id = create(DEFINITION.formatted("Americans"));
        request("joe").delete(AUDIENCES + "/" + id).then().statusCode(204);

        events().body("children.action", contains("deleted", "created"))
                .body("children[0].caller", equalTo("joe"))
                .body("children[0].audience", equalTo(Map.of("id", id, "name", "Americans")))
                .body("children[0].changes.after", everyItem(equalTo(null)))
                .body("children[0].changes.find {it.property == 'name'}.before", equalTo("Americans"));
    }

    @Test
    void anotherListOfMembersIsRecordedWithHowManyCameAndWent() {
        String id = create(EXTERNAL.formatted("Partners", "partners"));
        request("jane")
                .contentType("application/x-ndjson")
                .body("""
                        {"identityMap": {"crmid": [{"id": "C1"}]}}
                        {"identityMap": {"crmid": [{"id": "C2"}]}}
                        {"identityMap": {"crmid": [{"id": "C3"}]}}
                        """.getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200);

        members(id, "namespace,id\ncrmid,C1");
        members(id, "namespace,id\ncrmid,C1\ncrmid,C2");
        members(id, "namespace,id\ncrmid,C1\ncrmid,C3");

        events().body("children.action", contains("changed", "changed", "changed", "created"))
                .body(
                        "children[0].changes",
                        contains(
                                Map.of("property", "members", "before", 2, "after", 2),
                                Map.of("property", "members.added", "after", 1),
                                Map.of("property", "members.removed", "after", 1)))
                .body(
                        "children[1].changes",
                        contains(
                                Map.of("property", "members", "before", 1, "after", 2),
                                Map.of("property", "members.added", "after", 1),
                                Map.of("property", "members.removed", "after", 0)))
                .body(
                        "children[2].changes",
                        contains(
                                Map.of("property", "members", "after", 1),
                                Map.of("property", "members.added", "after", 1),
                                Map.of("property", "members.removed", "after", 0)));
    }

    /** The list is read while somebody else deletes the audience. */
    @Test
    void aDeletedAudienceGetsNoMembers() throws Exception {
        String id = create(EXTERNAL.formatted("Partners", "partners"));
        try (var connection = database.getConnection();
                var deleting = connection.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            deleting.execute("set local role none");
            deleting.execute("update audience set lifecycle = 'archived', archived_at = now() where id = '" + id + "'");
            Future<Integer> listing = threads.submit(() -> request("jane")
                    .contentType("text/csv")
                    .body("namespace,id\ncrmid,C1".getBytes(StandardCharsets.UTF_8))
                    .put(AUDIENCES + "/" + id + "/members")
                    .statusCode());
            eventually(() -> listing.isDone() || isAnyoneWaiting(deleting));
            connection.commit();
            assertEquals(404, listing.get());
        }
        events().body("children.action", contains("created"));
    }

    private static boolean isAnyoneWaiting(Statement statement) throws SQLException {
        try (var row = statement.executeQuery(
                "select count(*) from pg_locks where not granted and locktype = 'transactionid'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    @Test
    void changesOfTheSchemaAreRecordedByEntityTags() {
        String schema = "/data/core/ups/config/schema";
        String document = "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}";
        String first = request("jane")
                .body(document)
                .put(schema)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        String second = request("john")
                .body(document)
                .put(schema)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        request("joe").delete(schema).then().statusCode(204);
        request("joe").delete(schema).then().statusCode(404);

        events().body("children", empty());
        events("subject", "schema")
                .body("children.action", contains("deleted", "changed", "created"))
                .body("children.subject", everyItem(equalTo("schema")))
                .body("children.caller", contains("joe", "john", "jane"))
                .body("children[0]", not(hasKey("audience")))
                .body(
                        "children[1].changes[0]",
                        equalTo(Map.of("property", "etag", "before", tag(first), "after", tag(second))))
                .body("children[2].changes[0]", equalTo(Map.of("property", "etag", "after", tag(first))));
        events("subject", "all", "caller", "john").body("children", hasSize(1));
    }

    private static String tag(String header) {
        return header.replace("\"", "");
    }

    @Test
    void aDeletedProfileIsRecordedWithoutWhoItWas() {
        create(DEFINITION.formatted("Americans"));
        request("jane")
                .contentType("application/x-ndjson")
                .body("{\"identityMap\": {\"email\": [{\"id\": \"jo@example.com\"}]}}".getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200);
        Map<String, Object> profile = request("jane")
                .queryParam("entityIdNS", "email")
                .queryParam("entityId", "jo@example.com")
                .get("/data/core/ups/access/entities")
                .jsonPath()
                .getMap("$");
        request("joe")
                .queryParam("entityIdNS", "email")
                .queryParam("entityId", "jo@example.com")
                .delete("/data/core/ups/access/entities")
                .then()
                .statusCode(204);

        events("subject", "profile")
                .body("children", hasSize(1))
                .body("children[0].action", equalTo("deleted"))
                .body("children[0].caller", equalTo("joe"))
                .body("children[0].changes", contains((Object) Map.of(
                        "property",
                        "entityId",
                        "before",
                        profile.keySet().iterator().next())));
        events("subject", "all").body("children.subject", contains("profile", "audience"));
        assertFalse(events("subject", "all").extract().asString().contains("jo@example.com"));
    }

    @Test
    void whatIsRefusedIsNotRecorded() {
        String id = create(DEFINITION.formatted("Americans"));
        String referring = create("""
                {"name": "A", "expression": {"value": "inSegment(\\"%s\\")"}}""".formatted(id));
        create(EXTERNAL.formatted("Partners", "partners"));

        request("jane").body("{}").post(AUDIENCES).then().statusCode(400);
        request("jane")
                .body(EXTERNAL.formatted("Partners", "partners"))
                .post(AUDIENCES)
                .then()
                .statusCode(409);
        request("jane")
                .body("[{\"op\": \"test\", \"path\": \"/name\", \"value\": \"B\"}]")
                .patch(AUDIENCES + "/" + referring)
                .then()
                .statusCode(409);
        request("jane")
                .header("If-Match", "\"x\"")
                .delete(AUDIENCES + "/" + referring)
                .then()
                .statusCode(412);
        request("jane").delete(AUDIENCES + "/" + id).then().statusCode(409);

        events().body("children.action", contains("created", "created", "created"));
    }

    @Test
    void theEventIsOfTheSameTimeAsTheChange() {
        String id = create(DEFINITION.formatted("Americans"));
        long time = request("jane").get(AUDIENCES + "/" + id).jsonPath().getLong("updateTime");

        assertEquals(
                Instant.ofEpochMilli(time), Instant.parse(events().extract().<String>path("children[0].time")));
    }

    @Test
    void eventsAreFilteredByAudienceActionCallerAndTime() {
        String first = create(DEFINITION.formatted("First"));
        String second = create(DEFINITION.formatted("Second"));
        request("joe").delete(AUDIENCES + "/" + first).then().statusCode(204);
        String deletedAt = events().extract().path("children[0].time");
        String createdAt = events().extract().path("children[2].time");

        events("audience", first).body("children.action", contains("deleted", "created"));
        events("audience", second.toUpperCase()).body("children.action", contains("created"));
        events("action", "created").body("children.audience.id", contains(second, first));
        events("caller", "joe").body("children.action", contains("deleted"));
        events("caller", "nobody").body("children", empty()).body("_page.totalCount", equalTo(0));
        events("from", deletedAt, "action", "deleted").body("children", hasSize(1));
        events("to", deletedAt, "action", "deleted").body("children", empty());
        events("to", createdAt).body("children", empty());
        events("audience", first, "action", "created", "caller", "jane", "from", createdAt)
                .body("children", hasSize(1));
    }

    @Test
    void whoFollowsNextMeetsEachEventOnceEvenWhenOthersAreAdded() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.addFirst(create(DEFINITION.formatted("A" + i)));
        }

        List<String> met = new ArrayList<>();
        String href = "@/audit/events?limit=3&caller=jane";
        while (href != null) {
            ValidatableResponse page = request("jane")
                    .urlEncodingEnabled(false)
                    .get(href.replace("@", "/data/core/ups"))
                    .then()
                    .statusCode(200);
            met.addAll(page.extract().path("children.audience.id"));
            href = page.extract().path("_links.next.href");
            create(DEFINITION.formatted("Later"));
        }

        assertEquals(expected, met);
    }

    @Test
    void anotherSandboxSeesNothing() {
        create(DEFINITION.formatted("Americans"));

        RestAssured.given()
                .header("x-gw-ims-org-id", "tests@Pequel")
                .header("x-sandbox-name", "other-" + sandbox)
                .get(EVENTS)
                .then()
                .statusCode(200)
                .body("children", empty())
                .body("_page.totalCount", equalTo(0));
    }

    @Test
    void theNextPageTellsNothingOfWhatHappensInOtherSandboxes() {
        create(DEFINITION.formatted("A"));
        create(DEFINITION.formatted("B"));
        String first = events("limit", "1").extract().path("_page.next");

        // The page begins with one of the sandbox's own events, named by an id that is no count.
        events("start", first).body("children[0].id", equalTo(first)).body("children.audience.name", contains("A"));

        Map<String, String> other = Map.of("x-gw-ims-org-id", "tests@Pequel", "x-sandbox-name", "other-" + sandbox);
        RestAssured.given()
                .headers(other)
                .contentType(ContentType.JSON)
                .body(DEFINITION.formatted("C"))
                .post(AUDIENCES)
                .then()
                .statusCode(200);
        RestAssured.given()
                .headers(other)
                .queryParam("start", first)
                .get(EVENTS)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`start`"));
    }

    @ParameterizedTest
    @CsvSource({
        "start, x",
        "start, 0",
        "start, 3d0a9c4e-52c1-4d7f-8a0e-6a4a5c0b9a55",
        "limit, 0",
        "limit, 1001",
        "audience, x",
        "action, CREATED",
        "subject, x",
        "subject, ''",
        "from, yesterday",
        "to, 2026-08-28",
        "to, +123456789-01-01T00:00:00Z",
        "caller, a\0b"
    })
    void aMalformedParameterIsNamed(String name, String value) {
        request("jane")
                .queryParam(name, value)
                .get(EVENTS)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + name + "`"));
    }

    @Test
    void anUnknownSubjectIsToldAllThatThereAre() {
        request("jane")
                .queryParam("subject", "x")
                .get(EVENTS)
                .then()
                .statusCode(400)
                .body(
                        "errors.'400'[0].message",
                        containsString("one of audience, schema, profile, schedule, export, all, but is x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set caller = 'nobody'",
                "delete from audit_event",
                "truncate audit_event",
            })
    void theDatabaseItselfRefusesToAlterTheTrail(String statement) throws SQLException {
        create(DEFINITION.formatted("Americans"));

        try (var connection = database.getConnection();
                var altering = connection.createStatement()) {
            connection.setAutoCommit(false);
            // As the owner, whom no policy keeps from the rows.
            SQLException refusal = assertThrows(SQLException.class, () -> altering.execute(statement));
            connection.rollback();
            assertTrue(refusal.getMessage().contains("append-only"), refusal.getMessage());
        }
        events().body("children", hasSize(1));
    }

    private String create(String body) {
        return request("jane")
                .body(body)
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private void members(String id, String csv) {
        request("jane")
                .contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .put(AUDIENCES + "/" + id + "/members")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse events(String... parameters) {
        RequestSpecification request = request("jane");
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get(EVENTS).then().statusCode(200);
    }

    private RequestSpecification request(String caller) {
        return RestAssured.given()
                .header("x-gw-ims-org-id", "tests@Pequel")
                .header("x-sandbox-name", sandbox)
                .header("x-api-key", caller)
                .contentType(ContentType.JSON);
    }
}
