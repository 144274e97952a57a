package dev.pequel.audience;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** "Update an audience", which overwrites it. */
@QuarkusTest
class UpdateAudienceTest {

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void theSample() {
        JsonPath before = sandbox.post(Documented.EXTERNAL).extract().jsonPath();

        sandbox.put(before.getString("id"), """
                        {
                            "audienceId":"test-external-audience-id",
                            "name":"new externalSegment",
                            "namespace":"aam",
                            "description":"Last 30 days",
                            "type":"ExternalSegment",
                            "lifecycle":"published",
                            "datasetId":"6254cf3c97f8e31b639fb14d",
                            "labels":[
                                "core/C1"
                            ]
                        }
                        """)
                .statusCode(200)
                .body("id", equalTo(before.getString("id")))
                .body("audienceId", equalTo("test-external-audience-id"))
                .body("name", equalTo("new externalSegment"))
                .body("namespace", equalTo("aam"))
                .body("imsOrgId", equalTo(sandbox.organization()))
                .body("sandbox", equalTo(before.getMap("sandbox")))
                .body("description", equalTo("Last 30 days"))
                .body("type", equalTo("ExternalSegment"))
                .body("lifecycle", equalTo("published"))
                .body("createdBy", equalTo(before.getString("createdBy")))
                .body("datasetId", equalTo("6254cf3c97f8e31b639fb14d"))
                .body("creationTime", equalTo(before.getLong("creationTime")))
                .body("updateTime", greaterThanOrEqualTo(before.getLong("updateTime")))
                .body("_etag", not(before.getString("_etag")));
    }

    @Test
    void whatTheBodyLeavesOutReturnsToItsDefault() {
        String id = sandbox.create("""
                {"name": "A", "description": "a", "expression": {"value": "workAddress.country = \\"US\\""},
                 "schema": {"name": "other"}, "ttlInDays": 7, "profileInstanceId": "other", "mergePolicyId": "mine",
                 "dataGovernancePolicy": {"excludeOptOut": false}, "evaluationInfo": {"batch": {"enabled": true}},
                 "overridePerformanceWarnings": true, "lifecycle": "inactive", "labels": ["core/C2"], "namespace": "mine"}
                """);
        JsonPath fresh = sandbox.post(Documented.DEFINITION).extract().jsonPath();

        sandbox.put(id, "{\"name\": \"B\", \"expression\": {\"value\": \"workAddress.country = \\\"CA\\\"\"}}")
                .statusCode(200)
                .body("name", equalTo("B"))
                .body("$", not(hasKey("description")))
                .body("expression.value", equalTo("workAddress.country = \"CA\""))
                .body("schema", equalTo(fresh.get("schema")))
                .body("ttlInDays", equalTo(60))
                .body("profileInstanceId", equalTo("ups"))
                .body("mergePolicyId", equalTo(fresh.get("mergePolicyId")))
                .body("dataGovernancePolicy", equalTo(fresh.get("dataGovernancePolicy")))
                .body("evaluationInfo", equalTo(fresh.get("evaluationInfo")))
                .body("overridePerformanceWarnings", equalTo(false))
                .body("lifecycle", equalTo("active"))
                .body("labels", empty())
                .body("namespace", equalTo("AEPSegments"));
    }

    @Test
    void whatWasReadCanBeSentBack() {
        JsonPath before = sandbox.post(Documented.DEFINITION).extract().jsonPath();
        String id = before.getString("id");

        JsonPath after = sandbox.put(id, sandbox.get(id).extract().asString())
                .statusCode(200)
                .extract()
                .jsonPath();

        for (String property : before.<String, Object>getMap("$").keySet()) {
            if (!property.equals("_etag") && !property.startsWith("update")) {
                assertEquals((Object) before.get(property), after.get(property), property);
            }
        }
    }

    @Test
    void aDefinitionStaysOne() {
        String id = sandbox.create(Documented.DEFINITION);

        sandbox.put(id, Documented.EXTERNAL)
                .statusCode(400)
                .body(
                        "errors.'400'.message",
                        contains(
                                "`type`: cannot change from SegmentDefinition to ExternalSegment",
                                "`expression`: is required"));
    }

    @Test
    void anExternalAudienceStaysOne() {
        String id = sandbox.create(Documented.EXTERNAL);

        sandbox.put(id, Documented.DEFINITION)
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`type`: cannot change"));
        sandbox.put(id, "{\"name\": \"B\", \"audienceId\": \"b\"}")
                .statusCode(200)
                .body("type", equalTo("ExternalSegment"));
        sandbox.put(id, "{\"name\": \"B\", \"audienceId\": \"b\", \"type\": \"ExternalAudience\"}")
                .statusCode(200)
                .body("type", equalTo("ExternalAudience"));
    }

    @Test
    void anExternalIdStaysUnique() {
        sandbox.list("A", "a");
        String id = sandbox.list("B", "b");

        sandbox.put(id, "{\"name\": \"B\", \"audienceId\": \"a\", \"namespace\": \"aam\"}")
                .statusCode(409);
        sandbox.get(id).statusCode(200).body("audienceId", equalTo("b"));
    }

    @Test
    void aRefusedUpdateChangesNothing() {
        String id = sandbox.create(Documented.DEFINITION);
        String before = sandbox.get(id).extract().asString();

        sandbox.put(id, "{\"name\": \"B\"}").statusCode(400);
        sandbox.put(id, "{\"name\": \"B\", \"expression\": {\"value\": \"a =\"}}")
                .statusCode(400);

        sandbox.get(id).body(equalTo(before));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        sandbox.put("60ccea95-1435-4180-97a5-58af4aa285ab", Documented.DEFINITION)
                .statusCode(404);
    }

    /** As a client does it that knows only whole audiences; the expression is not eligible for the methods that it had. */
    @Test
    void whatWasReadComesBackWithAnotherExpression() {
        String id = sandbox.define("A", "workAddress.country = \"US\"");
        String read = sandbox.get(id)
                .body("evaluationInfo.continuous.enabled", equalTo(true))
                .extract()
                .asString();

        sandbox.put(id, read)
                .statusCode(200)
                .header("ETag", sandbox.get(id).extract().header("ETag"));
        sandbox.put(id, read.replace("workAddress.country = \\\"US\\\"", "xEvent.count() > 3"))
                .statusCode(200)
                .body("expression.value", equalTo("xEvent.count() > 3"))
                .body("evaluationInfo.batch.enabled", equalTo(true))
                .body("evaluationInfo.continuous.enabled", equalTo(false));
    }
}
