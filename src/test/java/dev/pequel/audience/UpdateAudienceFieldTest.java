package dev.pequel.audience;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Update a field in an audience". */
@QuarkusTest
class UpdateAudienceFieldTest {

    private final TestSandbox sandbox = TestSandbox.fresh();
    private String id;

    @BeforeEach
    void create() {
        id = sandbox.create(Documented.DEFINITION);
    }

    @Test
    void theSample() {
        Map<String, Object> before = sandbox.get(id).extract().jsonPath().getMap("$");

        Map<String, Object> after = sandbox.patch(id, """
                             [
                                {
                                    "op": "add",
                                    "path": "/expression",
                                    "value": {
                                        "type": "PQL",
                                        "format": "pql/text",
                                        "value": "workAddress.country = \\"CA\\""
                                    }
                                }
                              ]\
                        """)
                .statusCode(200)
                .body("expression.value", equalTo("workAddress.country = \"CA\""))
                .extract()
                .jsonPath()
                .getMap("$");

        for (String property : before.keySet()) {
            boolean changes =
                    property.equals("expression") || property.equals("_etag") || property.startsWith("update");
            if (!changes) {
                assertEquals(before.get(property), after.get(property), property);
            }
        }
    }

    @Test
    void itsOwnMediaTypeIsAcceptedToo() {
        sandbox.request()
                .contentType("application/json-patch+json")
                .body("[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"B\"}]")
                .patch(TestSandbox.AUDIENCES + "/{id}", id)
                .then()
                .statusCode(200)
                .body("name", equalTo("B"));
    }

    @Test
    void allOperations() {
        sandbox.patch(id, """
                        [{"op": "test", "path": "/labels", "value": ["core/C1"]},
                         {"op": "test", "path": "/ttlInDays", "value": 60.0},
                         {"op": "test", "path": "/sandbox/type", "value": "development"},
                         {"op": "add", "path": "/labels/0", "value": "first"},
                         {"op": "add", "path": "/labels/-", "value": "last"},
                         {"op": "replace", "path": "/labels/1", "value": "middle"},
                         {"op": "copy", "from": "/sandbox/sandboxName", "path": "/labels/-"},
                         {"op": "remove", "path": "/labels/0"},
                         {"op": "copy", "from": "/name", "path": "/description"},
                         {"op": "replace", "path": "/name", "value": "B"},
                         {"op": "move", "from": "/description", "path": "/namespace"}]
                        """)
                .statusCode(200)
                .body("labels", contains("middle", "last", sandbox.name()))
                .body("name", equalTo("B"))
                .body("namespace", equalTo("People who ordered in the last 30 days"))
                .body("$", not(hasKey("description")));
    }

    @Test
    void whatIsRemovedReturnsToItsDefault() {
        sandbox.patch(id, """
                        [{"op": "remove", "path": "/schema"}, {"op": "remove", "path": "/ttlInDays"},
                         {"op": "remove", "path": "/labels"}, {"op": "remove", "path": "/evaluationInfo"}]
                        """)
                .statusCode(200)
                .body("schema.name", equalTo("_xdm.context.profile"))
                .body("ttlInDays", equalTo(60))
                .body("evaluationInfo.continuous.enabled", equalTo(true));
        sandbox.patch(id, "[{\"op\": \"remove\", \"path\": \"/name\"}]")
                .statusCode(400)
                .body("errors.'400'.message", contains("`name`: is required"));
    }

    @Test
    void allOrNothing() {
        String before = sandbox.get(id).extract().asString();

        sandbox.patch(id, """
                        [{"op": "replace", "path": "/name", "value": "B"}, {"op": "remove", "path": "/labels/7"}]
                        """).statusCode(400);
        sandbox.patch(id, """
                        [{"op": "replace", "path": "/name", "value": "B"}, {"op": "test", "path": "/ttlInDays", "value": 1}]
                        """).statusCode(409);

        sandbox.get(id).body(equalTo(before));
    }

    @Test
    void theExpressionIsChecked() {
        sandbox.patch(
                        id,
                        "[{\"op\": \"replace\", \"path\": \"/expression/value\", \"value\": \"workAddress.country =\"}]")
                .statusCode(400)
                .body("diagnostics[0].line", equalTo(1));
    }

    @Test
    void evaluationMethodsFollowTheExpressionUntilTheyAreChosen() {
        String batchOnly =
                "[{\"op\": \"replace\", \"path\": \"/expression/value\", \"value\": \"xEvent.count() > 1\"}]";
        String streaming =
                "[{\"op\": \"replace\", \"path\": \"/expression/value\", \"value\": \"workAddress.country = \\\"US\\\"\"}]";
        sandbox.patch(id, batchOnly)
                .statusCode(200)
                .body("evaluationInfo.batch.enabled", equalTo(true))
                .body("evaluationInfo.continuous.enabled", equalTo(false));
        sandbox.patch(id, streaming)
                .statusCode(200)
                .body("evaluationInfo.batch.enabled", equalTo(false))
                .body("evaluationInfo.continuous.enabled", equalTo(true));

        sandbox.patch(id, "[{\"op\": \"replace\", \"path\": \"/evaluationInfo/batch/enabled\", \"value\": true}]")
                .statusCode(200)
                .body("evaluationInfo.batch.enabled", equalTo(true))
                .body("evaluationInfo.continuous.enabled", equalTo(true));
        sandbox.patch(id, batchOnly).statusCode(400).body("diagnostics.code", contains("PQL5003", "PQL4001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "audienceId",
                "imsOrgId",
                "sandbox",
                "sandbox/sandboxName",
                "isSystem",
                "creationTime",
                "updateTime",
                "createEpoch",
                "updateEpoch",
                "_etag",
                "dependents",
                "dependents/-",
                "dependencies",
                "definedOn",
                "definedOn/0/$ref",
                "createdBy",
                "metrics",
                "warnings"
            })
    void whatTheServerDecidesIsReadOnly(String property) {
        String path = "/" + property;
        for (String operation : new String[] {
            "{\"op\": \"add\", \"path\": \"%s\", \"value\": \"x\"}",
            "{\"op\": \"replace\", \"path\": \"%s\", \"value\": \"x\"}",
            "{\"op\": \"remove\", \"path\": \"%s\"}",
            "{\"op\": \"copy\", \"path\": \"%s\", \"from\": \"/name\"}",
            "{\"op\": \"move\", \"path\": \"%s\", \"from\": \"/description\"}",
            "{\"op\": \"move\", \"from\": \"%s\", \"path\": \"/description\"}"
        }) {
            sandbox.patch(id, "[" + operation.formatted(path) + "]")
                    .statusCode(400)
                    .body("errors.'400'.message", contains("`" + path + "`: is read-only"));
        }
    }

    @Test
    void anExternalIdIsTheClients() {
        String external = sandbox.create(Documented.EXTERNAL);

        sandbox.patch(external, "[{\"op\": \"replace\", \"path\": \"/audienceId\", \"value\": \"other\"}]")
                .statusCode(200)
                .body("audienceId", equalTo("other"));
        sandbox.patch(external, """
                        [{"op": "add", "path": "/audienceMeta", "value": {"a/b": {"~": [1]}}},
                         {"op": "add", "path": "/audienceMeta/a~1b/~0/0", "value": 0}]
                        """).statusCode(200).body("audienceMeta.'a/b'.'~'", contains(0, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                          | an array of operations
                    [1]                                                         | `[0]`
                    [{}]                                                        | `[0].op`
                    [{"op": "delete", "path": "/name"}]                         | `[0].op`
                    [{"op": "add", "value": 1}]                                 | `[0].path`
                    [{"op": "add", "path": "name", "value": 1}]                 | `[0].path`
                    [{"op": "add", "path": "/a~2", "value": 1}]                 | `[0].path`
                    [{"op": "add", "path": "/name"}]                            | `[0].value`
                    [{"op": "move", "path": "/name"}]                           | `[0].from`
                    [{"op": "move", "from": "/schema", "path": "/schema/name"}] | `[0].from`
                    [{"op": "remove", "path": "/colour"}]                       | `/colour`
                    [{"op": "replace", "path": "/labels/1", "value": "x"}]      | `/labels/1`
                    [{"op": "add", "path": "/labels/2", "value": "x"}]          | `/labels/2`
                    [{"op": "add", "path": "/labels/x", "value": "x"}]          | `/labels/x`
                    [{"op": "replace", "path": "/labels/00", "value": "x"}]     | `/labels/00`
                    [{"op": "replace", "path": "/labels/+0", "value": "x"}]     | `/labels/+0`
                    [{"op": "test", "path": "/labels/00", "value": "core/C1"}]  | `/labels/00`
                    [{"op": "copy", "from": "/labels/00", "path": "/labels/-"}] | `/labels/00`
                    [{"op": "add", "path": "/a/b", "value": "x"}]               | `/a/b`
                    [{"op": "copy", "from": "/a", "path": "/name"}]             | `/name`
                    [{"op": "replace", "path": "", "value": {}}]                | `path`
                    [{"op": "replace", "path": "/name", "value": 1}]            | `name`
                    [{"op": "replace", "path": "/type", "value": "ExternalAudience"}] | `type`
                    [{"op": "replace", "path": "/lifecycle", "value": "archived"}]    | `lifecycle`
                    """)
    void refuses(String patch, String place) {
        sandbox.patch(id, patch).statusCode(400).body("errors.'400'[0].message", containsString(place));
    }

    /** Copies of copies double each time. */
    @Test
    void copiesMayNotGrowWithoutEnd() {
        sandbox.patch(
                        id,
                        "[{\"op\": \"add\", \"path\": \"/labels\", \"value\": [\"xxxx\"]}"
                                + ", {\"op\": \"copy\", \"from\": \"/labels\", \"path\": \"/labels/-\"}".repeat(35)
                                + "]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`[17]`: makes the audience larger than"));
        String external = sandbox.create(Documented.EXTERNAL);
        sandbox.patch(
                        external,
                        "[{\"op\": \"add\", \"path\": \"/audienceMeta\", \"value\": {\"a\": \"" + "x".repeat(100_000)
                                + "\"}}"
                                + ", {\"op\": \"copy\", \"from\": \"/audienceMeta\", \"path\": \"/audienceMeta/b\"}"
                                        .repeat(5)
                                + "]")
                .statusCode(200);
        sandbox.patch(
                        external,
                        "[{\"op\": \"add\", \"path\": \"/audienceMeta\", \"value\": {\"a\": \"" + "x".repeat(100_000)
                                + "\"}}"
                                + ", {\"op\": \"copy\", \"from\": \"/audienceMeta/a\", \"path\": \"/audienceMeta/b\"}"
                                        .repeat(900)
                                + "]")
                .statusCode(200);
    }

    @Test
    void aPatchMayNotNestWithoutEnd() {
        String external = sandbox.create(Documented.EXTERNAL);
        sandbox.patch(external, "[{\"op\": \"add\", \"path\": \"/audienceMeta\", \"value\": {\"b\": 1}}]")
                .statusCode(200);
        String copies = ", {\"op\": \"copy\", \"from\": \"/audienceMeta\", \"path\": \"/audienceMeta/a\"}";

        sandbox.patch(external, "[" + copies.repeat(1_001).substring(2) + "]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("the first excess operation is [1000]"));
        sandbox.patch(external, "[" + copies.repeat(1_000).substring(2) + "]")
                .statusCode(400)
                .body(
                        "errors.'400'[0].message",
                        containsString("`[198]`: nests objects and arrays deeper than the 200"));
        sandbox.patch(external, "[" + copies.repeat(198).substring(2) + "]").statusCode(200);
        sandbox.patch(id, "[{\"op\": \"copy\", \"from\": \"\", \"path\": \"/description\"}]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`description`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"/name\", \"value\": \"other\"", "\"/colour\", \"value\": null", "\"\", \"value\": {}"})
    void aFailedTestIsAConflict(String test) {
        sandbox.patch(id, "[{\"op\": \"test\", \"path\": " + test + "}]")
                .statusCode(409)
                .body(
                        "errors.'409'[0].message",
                        allOf(containsString("tests for"), containsString(test.substring(1, test.indexOf('"', 1)))));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        sandbox.patch("60ccea95-1435-4180-97a5-58af4aa285ab", "[]").statusCode(404);
    }
}
