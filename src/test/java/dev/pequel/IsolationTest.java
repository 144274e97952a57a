package dev.pequel;

import static dev.pequel.FilledSandbox.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Walks every endpoint as somebody else. Whatever a stranger asks about a sandbox's things is answered as if they did not exist,
 * word for word, and nothing of the sandbox changes. A new endpoint fails the test until there is a request for it here.
 */
@QuarkusTest
class IsolationTest {

    /** A request about something in a sandbox. */
    private interface Sending {
        Response send(RequestSpecification as, FilledSandbox about);
    }

    /** @param tells whether the owner gets another answer than a stranger */
    private record Call(String operation, Sending sending, boolean tells) {}

    private static final List<Call> CALLS = new ArrayList<>();

    @EmbeddedPostgresql.Connections
    DataSource database;

    private static void call(String operation, Sending sending) {
        CALLS.add(new Call(operation, sending, true));
    }

    static {
        String audiences = BASE + "/audiences";
        call("GET " + audiences, (as, it) -> as.get(audiences));
        call("GET " + audiences, (as, it) -> as.queryParam("name", it.secret()).get(audiences));
        call(
                "GET " + audiences,
                (as, it) -> as.queryParam("property", "id==" + it.audience())
                        .queryParam("limit", 1)
                        .get(audiences));
        call(
                "GET " + audiences,
                (as, it) -> as.queryParam("property", "dependencies==" + it.audience())
                        .get(audiences));
        call(
                "GET " + audiences,
                (as, it) -> as.queryParam("withMetrics", "true")
                        .queryParam("sort", "totalProfiles:desc")
                        .get(audiences));
        call("POST " + audiences, (as, it) -> json(as, """
                {"name": "A", "expression": {"value": "inSegment(\\"%s\\")"}}
                """, it.audience()).post(audiences));
        call("POST " + audiences, (as, it) -> json(as, """
                {"name": "A", "type": "ExternalAudience", "audienceId": "%s"}
                """, it.secret()).post(audiences));
        call(
                "POST " + audiences + "/bulk-get",
                (as, it) -> json(as, """
                {"ids": [{"id": "%s"}, {"id": "%s"}]}
                """, it.audience(), it.external()).post(audiences + "/bulk-get"));
        call("GET " + BASE + "/previewsamplestatus", (as, it) -> as.get(BASE + "/previewsamplestatus"));
        call(
                "GET " + BASE + "/previewsamplestatus/report/namespace",
                (as, it) -> as.get(BASE + "/previewsamplestatus/report/namespace"));
        silent(
                "GET " + BASE + "/previewsamplestatus/report/dataset",
                (as, it) -> as.queryParam("date", "2000-01-01").get(BASE + "/previewsamplestatus/report/dataset"));
        String policies = BASE + "/config/mergePolicies";
        silent("GET " + policies, (as, it) -> as.get(policies));
        call("GET " + policies + "/{id}", (as, it) -> as.get(policies + "/{id}", it.mergePolicy()));
        call(
                "POST " + policies + "/bulk-get",
                (as, it) -> json(as, "[\"%s\"]", it.mergePolicy()).post(policies + "/bulk-get"));
        String definitions = BASE + "/segment/definitions";
        String definition = definitions + "/{id}";
        call(
                "POST " + definitions + "/bulk-get",
                (as, it) -> json(as, """
                {"ids": [{"id": "%s"}]}
                """, it.audience()).post(definitions + "/bulk-get"));
        call("GET " + definitions, (as, it) -> as.get(definitions));
        call(
                "GET " + definitions,
                (as, it) -> as.queryParam("evaluationInfo.batch.enabled", "false")
                        .queryParam("name", it.secret())
                        .get(definitions));
        call("POST " + definitions, (as, it) -> json(as, """
                {"name": "A", "expression": {"value": "inSegment(\\"%s\\")"}}
                """, it.audience()).post(definitions));
        call("GET " + definition, (as, it) -> as.get(definition, it.audience()));
        call(
                "PATCH " + definition,
                (as, it) -> json(as, """
                {"description": "taken"}
                """).header("If-Match", it.etag()).patch(definition, it.audience()));
        call("DELETE " + definition, (as, it) -> as.delete(definition, it.audience()));
        String audience = audiences + "/{id}";
        call("GET " + audience, (as, it) -> as.queryParam("withMetrics", "true").get(audience, it.audience()));
        call(
                "GET " + audience,
                (as, it) -> as.header("If-None-Match", it.etag()).get(audience, it.audience()));
        call(
                "PUT " + audience,
                (as, it) -> json(as, """
                {"name": "Taken", "expression": {"value": "n = 1"}}
                """).header("If-Match", it.etag()).put(audience, it.audience()));
        call("PATCH " + audience, (as, it) -> json(as, """
                [{"op": "test", "path": "/name", "value": "x"}]
                """).patch(audience, it.audience()));
        call("PATCH " + audience, (as, it) -> json(as, """
                [{"op": "add", "path": "/description", "value": "taken"}]
                """).patch(audience, it.audience()));
        call("POST " + audience + "/freeze", (as, it) -> json(as, """
                {"name": "F", "audienceId": "frozen"}
                """).post(audience + "/freeze", it.audience()));
        call("GET " + audience + "/members", (as, it) -> as.get(audience + "/members", it.audience()));
        call(
                "PUT " + audience + "/members",
                (as, it) -> as.contentType("application/x-ndjson")
                        .body("{\"namespace\": \"crmid\", \"id\": \"C1\"}".getBytes(StandardCharsets.UTF_8))
                        .put(audience + "/members", it.external()));
        call(
                "POST " + audience + "/members",
                (as, it) -> as.contentType("application/x-ndjson")
                        .body("{\"namespace\": \"crmid\", \"id\": \"C1\"}".getBytes(StandardCharsets.UTF_8))
                        .post(audience + "/members", it.external()));
        call(
                "DELETE " + audience + "/members",
                (as, it) -> as.queryParam("entityIdNS", "crmid")
                        .queryParam("entityId", it.secret())
                        .delete(audience + "/members", it.external()));
        call(
                "POST " + audiences + "/overlap",
                (as, it) -> json(as, """
                ["%s", "%s"]
                """, it.audience(), it.external()).post(audiences + "/overlap"));
        call("DELETE " + audience, (as, it) -> as.header("If-Match", it.etag()).delete(audience, it.audience()));
        call("DELETE " + audience, (as, it) -> as.delete(audience, it.referring()));

        String jobs = BASE + "/segment/jobs";
        call("GET " + jobs, (as, it) -> as.get(jobs));
        call(
                "GET " + jobs,
                (as, it) -> as.queryParam("property", "segments~segmentId==" + it.audience())
                        .get(jobs));
        call(
                "POST " + jobs,
                (as, it) -> json(as, "[{\"segmentId\": \"%s\"}]", it.audience()).post(jobs));
        call(
                "POST " + jobs + "/bulk-get",
                (as, it) -> json(as, "{\"ids\": [{\"id\": \"%s\"}]}", it.job()).post(jobs + "/bulk-get"));
        call("GET " + jobs + "/{id}", (as, it) -> as.get(jobs + "/{id}", it.job()));
        call("DELETE " + jobs + "/{id}", (as, it) -> as.delete(jobs + "/{id}", it.job()));

        String schedules = BASE + "/config/schedules";
        call("GET " + schedules, (as, it) -> as.get(schedules));
        call("POST " + schedules, (as, it) -> json(as, """
                {"name": "S", "type": "batch_segmentation", "properties": {"segments": ["%s"]}, "schedule": "0 0 4 * * ?"}
                """, it.audience()).post(schedules));
        call("GET " + schedules + "/{id}", (as, it) -> as.get(schedules + "/{id}", it.schedule()));
        call("PATCH " + schedules + "/{id}", (as, it) -> json(as, """
                [{"op": "add", "path": "/name", "value": "taken"}]
                """).patch(schedules + "/{id}", it.schedule()));
        call("DELETE " + schedules + "/{id}", (as, it) -> as.delete(schedules + "/{id}", it.schedule()));
        String exports = BASE + "/export/jobs";
        String export = exports + "/{id}";
        call("GET " + exports, (as, it) -> as.get(exports));
        call(
                "GET " + exports,
                (as, it) -> as.queryParam("offset", "9999999999999_" + (it.export() + 1))
                        .get(exports));
        call("POST " + exports, (as, it) -> json(as, """
                {"filter": {"segments": [{"segmentId": "%s"}]}, "destination": {"datasetId": "d"},
                 "schema": {"name": "_xdm.context.profile"}}
                """, it.audience()).post(exports));
        call("POST " + exports, (as, it) -> json(as, """
                {"mergePolicy": {"id": "%s"}, "destination": {"datasetId": "d"},
                 "schema": {"name": "_xdm.context.profile"}}
                """, it.mergePolicy()).post(exports));
        call("GET " + export, (as, it) -> as.get(export, it.export()));
        call("GET " + export + "/files", (as, it) -> as.get(export + "/files", it.export()));
        call(
                "GET " + export + "/files/{name}",
                (as, it) -> as.get(export + "/files/{name}", it.export(), "part-00000.ndjson"));
        call("DELETE " + export, (as, it) -> as.delete(export, it.export()));

        String pql = BASE + "/pql";
        call("POST " + pql + "/check", (as, it) -> json(as, """
                {"expression": {"value": "n = \\"x\\""}}
                """).post(pql + "/check"));
        call("POST " + pql + "/check", (as, it) -> json(as, """
                {"expression": {"value": "inSegment(\\"%s\\")"}}
                """, it.audience()).post(pql + "/check"));
        silent(
                "POST " + pql + "/evaluate",
                (as, it) -> json(as, """
                {"expression": {"value": "inSegment(\\"%s\\")"}, "profile": {"n": 1}}
                """, it.audience()).post(pql + "/evaluate"));
        call("POST " + pql + "/explain", (as, it) -> json(as, """
                {"expression": {"value": "n = 1"}, "identity": {"namespace": "crmid", "id": "%s"}}
                """, it.secret()).post(pql + "/explain"));
        call(
                "POST " + pql + "/explain",
                (as, it) -> json(as, """
                {"audienceId": "%s", "identity": {"namespace": "crmid", "id": "%s"}}
                """, it.audience(), it.secret()).post(pql + "/explain"));
        call("POST " + pql + "/count", (as, it) -> json(as, """
                {"expressions": [{"value": "homeAddress.city = \\"%s\\""}], "parts": true}
                """, it.secret()).post(pql + "/count"));
        silent("GET " + pql + "/language", (as, it) -> as.get(pql + "/language"));
        call("POST " + pql + "/count", (as, it) -> json(as, """
                {"expressions": [{"value": "inSegment(\\"%s\\")"}]}
                """, it.audience()).post(pql + "/count"));
        call("POST " + pql + "/count", (as, it) -> json(as, """
                {"expressions": [{"value": "n = 1"}], "compareWith": {"audienceId": "%s"}}
                """, it.external()).post(pql + "/count"));
        String fields = BASE + "/config/fields";
        call("GET " + fields, (as, it) -> as.queryParam("prefix", "n").get(fields));
        call(
                "GET " + fields + "/values",
                (as, it) -> as.queryParam("path", "homeAddress.city").get(fields + "/values"));
        silent("POST " + BASE + "/segment/conversion", (as, it) -> json(as, """
                {"name": "A", "schema": {"name": "_xdm.context.profile"},
                 "expression": {"type": "PQL", "format": "pql/text", "value": "n = 1"}}
                """).post(BASE + "/segment/conversion"));

        String preview = BASE + "/preview/{id}";
        call(
                "POST " + BASE + "/preview",
                (as, it) -> json(as, """
                {"predicateExpression": "inSegment(\\"%s\\")", "predicateType": "pql/text"}
                """, it.audience()).post(BASE + "/preview"));
        call("GET " + BASE + "/estimate/{id}", (as, it) -> as.get(BASE + "/estimate/{id}", it.preview()));
        call("GET " + preview, (as, it) -> as.get(preview, it.preview()));
        call("DELETE " + preview, (as, it) -> as.delete(preview, it.preview()));

        String imports = BASE + "/{content}/import";
        call("GET " + imports, (as, it) -> as.get(imports, "profiles"));
        call("GET " + imports + "/{id}", (as, it) -> as.get(imports + "/{id}", "profiles", it.importId()));
        call("POST " + imports, (as, it) -> lines(as, """
                {"_id": "%1$s", "timestamp": 1, "identityMap": {"crmid": [{"id": "%1$s"}]}}
                """, it.secret()).post(imports, "events"));
        call("POST " + imports, (as, it) -> lines(as, """
                {"identityMap": {"crmid": [{"id": "%1$s"}]}}
                """, it.secret()).post(imports, "profiles"));

        call("GET " + BASE + "/audit/events", (as, it) -> as.get(BASE + "/audit/events"));
        call(
                "GET " + BASE + "/audit/events",
                (as, it) -> as.queryParam("audience", it.audience()).get(BASE + "/audit/events"));

        call(
                "GET " + BASE + "/audit/events",
                (as, it) -> as.queryParam("start", it.event()).get(BASE + "/audit/events"));

        String entities = BASE + "/access/entities";
        call(
                "GET " + entities,
                (as, it) -> as.queryParam("entityId", it.entity()).get(entities));
        call(
                "GET " + entities,
                (as, it) -> as.queryParam("entityIdNS", "crmid")
                        .queryParam("entityId", it.secret())
                        .get(entities));
        call(
                "GET " + entities,
                (as, it) -> as.queryParam("schema.name", "_xdm.context.experienceevent")
                        .queryParam("relatedEntityIdNS", "crmid")
                        .queryParam("relatedEntityId", it.secret())
                        .get(entities));
        call(
                "GET " + entities,
                (as, it) -> as.queryParam("entityId", it.entity())
                        .queryParam("mergePolicyId", it.mergePolicy())
                        .get(entities));
        call("POST " + entities, (as, it) -> json(as, """
                {"identities": [{"entityId": "%s"}]}
                """, it.entity()).post(entities));
        call("POST " + entities, (as, it) -> json(as, """
                {"schema": {"name": "_xdm.context.experienceevent"},
                 "identities": [{"relatedEntityId": "%s", "relatedEntityIdNS": {"code": "crmid"}}]}
                """, it.secret()).post(entities));
        call(
                "DELETE " + entities,
                (as, it) -> as.queryParam("entityId", it.entity()).delete(entities));
        call(
                "DELETE " + entities,
                (as, it) -> as.queryParam("entityIdNS", "crmid")
                        .queryParam("entityId", it.secret() + "-2")
                        .delete(entities));

        String schema = BASE + "/config/schema";
        call("GET " + schema, (as, it) -> as.get(schema));
        silent("PUT " + schema, (as, it) -> json(as, """
                {"type": "object", "properties": {"n": {"type": "string"}}}
                """).put(schema));
        call("DELETE " + schema, (as, it) -> as.delete(schema));
    }

    /** A request whose answer tells nothing about the sandbox to anybody. */
    private static void silent(String operation, Sending sending) {
        CALLS.add(new Call(operation, sending, false));
    }

    private static RequestSpecification json(RequestSpecification as, String body, Object... ids) {
        return as.body(body.formatted(ids).getBytes(StandardCharsets.UTF_8));
    }

    private static RequestSpecification lines(RequestSpecification as, String body, Object... ids) {
        return json(as, body, ids).contentType("application/x-ndjson");
    }

    @Test
    void everyEndpointIsWalked() {
        assertEquals(operations(), CALLS.stream().map(Call::operation).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Method and path of every request that the running service describes. */
    static TreeSet<String> operations() {
        Map<String, Map<String, Object>> paths =
                RestAssured.given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        TreeSet<String> operations = new TreeSet<>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(List.of("get", "put", "post", "patch", "delete", "head", "options", "trace")::contains)
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    @Test
    void toAStrangerNothingIsThere() throws Exception {
        FilledSandbox owned = FilledSandbox.fresh();
        try (Connection connection = database.getConnection()) {
            TenantRows.addSeedFile(connection, owned.organization(), owned.name());
        }
        FilledSandbox imagined = owned.imagined();
        Map<String, List<String>> before = rows(owned);
        before.forEach((table, rows) -> assertTrue(!rows.isEmpty(), "there is nothing in " + table));

        List<String> toStranger = new ArrayList<>();
        for (Call call : CALLS) {
            String other = "stranger-" + UUID.randomUUID();
            String aboutOwned = answer(call, stranger(other, owned.name()), owned);
            // Another organization with a sandbox of the same name, and the same organization with another sandbox.
            assertEquals(
                    answer(call, stranger("stranger-" + UUID.randomUUID(), owned.name()), imagined),
                    aboutOwned,
                    call.operation());
            assertEquals(
                    answer(call, stranger(owned.organization(), "sandbox-" + UUID.randomUUID()), imagined),
                    answer(call, stranger(owned.organization(), "sandbox-" + UUID.randomUUID()), owned),
                    call.operation());
            toStranger.add(aboutOwned);
        }
        assertEquals(before, rows(owned));

        // The requests are such that their owner learns something: a stranger who learned it would have been noticed.
        for (int i = 0; i < CALLS.size(); i++) {
            Call call = CALLS.get(i);
            String toOwner = answer(call, owned.request(), owned);
            if (call.tells()) {
                assertNotEquals(toStranger.get(i), toOwner, call.operation());
            }
        }
    }

    private Map<String, List<String>> rows(FilledSandbox sandbox) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return TenantRows.of(connection, sandbox.organization(), sandbox.name());
        }
    }

    private static RequestSpecification stranger(String organization, String sandbox) {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", sandbox)
                .contentType(ContentType.JSON);
    }

    /** Status, entity tag and body, without what differs each time. */
    private static String answer(Call call, RequestSpecification as, FilledSandbox about) {
        Response response = call.sending().send(as, about);
        assertTrue(response.statusCode() < 500, call.operation() + ": " + response.asString());
        return (response.statusCode() + " " + response.header("ETag") + " " + response.asString())
                .replace(about.preview(), "PREVIEW")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID")
                .replaceAll("[A-Za-z0-9_-]{50,}", "PREVIEW")
                .replaceAll("(stranger|owner)-UUID", "ORGANIZATION")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?", "TIME")
                .replaceAll("\"(totalTimeInMs|linesPerSecond)\":\\d+", "DURATION")
                .replaceAll("\\d{10,}", "TIME");
    }
}
