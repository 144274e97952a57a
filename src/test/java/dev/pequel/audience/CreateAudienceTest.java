package dev.pequel.audience;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Create a new audience". */
@QuarkusTest
class CreateAudienceTest {

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void theSampleIsAnsweredWithTheSample() {
        long before = Instant.now().toEpochMilli();

        JsonPath audience =
                sandbox.post(Documented.DEFINITION).statusCode(200).extract().jsonPath();

        assertEquals(
                List.of(
                        "id",
                        "audienceId",
                        "schema",
                        "ttlInDays",
                        "profileInstanceId",
                        "imsOrgId",
                        "sandbox",
                        "isSystem",
                        "name",
                        "description",
                        "expression",
                        "mergePolicyId",
                        "evaluationInfo",
                        "dataGovernancePolicy",
                        "creationTime",
                        "updateEpoch",
                        "updateTime",
                        "createEpoch",
                        "_etag",
                        "dependents",
                        "definedOn",
                        "dependencies",
                        "type",
                        "overridePerformanceWarnings",
                        "createdBy",
                        "lifecycle",
                        "lifecycleState",
                        "labels",
                        "namespace"),
                List.copyOf(audience.<String, Object>getMap("$").keySet()));
        String id = audience.getString("id");
        assertEquals(true, id.matches(UUID_FORM), id);
        assertEquals(id, audience.getString("audienceId"));
        assertEquals(Map.of("name", "_xdm.context.profile"), audience.getMap("schema"));
        assertEquals(60, audience.getInt("ttlInDays"));
        assertEquals("ups", audience.getString("profileInstanceId"));
        assertEquals(sandbox.organization(), audience.getString("imsOrgId"));
        assertEquals(sandbox.name(), audience.getString("sandbox.sandboxName"));
        assertEquals(false, audience.getBoolean("isSystem"));
        assertEquals("People who ordered in the last 30 days", audience.getString("name"));
        assertEquals("Last 30 days", audience.getString("description"));
        assertEquals(
                Map.of("type", "PQL", "format", "pql/text", "value", "workAddress.country = \"US\""),
                audience.getMap("expression"));
        assertEquals(true, audience.getString("mergePolicyId").matches(UUID_FORM));
        assertEquals(
                Map.of(
                        "batch", Map.of("enabled", false),
                        "continuous", Map.of("enabled", true),
                        "synchronous", Map.of("enabled", false)),
                audience.getMap("evaluationInfo"));
        assertEquals(Map.of("excludeOptOut", true), audience.getMap("dataGovernancePolicy"));
        long created = audience.getLong("creationTime");
        assertEquals(true, created >= before && created <= Instant.now().toEpochMilli());
        assertEquals(created, audience.getLong("updateTime"));
        assertEquals(created / 1000, audience.getLong("createEpoch"));
        assertEquals(created / 1000, audience.getLong("updateEpoch"));
        assertEquals(true, audience.getString("_etag").matches("\"" + UUID_FORM + "\""));
        assertEquals(List.of(), audience.getList("dependents"));
        assertEquals(
                List.of(Map.of(
                        "meta:resourceType", "unions",
                        "meta:containerId", "tenant",
                        "$ref", "https://ns.adobe.com/xdm/context/profile__union")),
                audience.getList("definedOn"));
        assertEquals(List.of(), audience.getList("dependencies"));
        assertEquals("SegmentDefinition", audience.getString("type"));
        assertEquals(false, audience.getBoolean("overridePerformanceWarnings"));
        assertEquals("active", audience.getString("lifecycle"));
        assertEquals(List.of("core/C1"), audience.getList("labels"));
        assertEquals("AEPSegments", audience.getString("namespace"));
    }

    @Test
    void anExternalAudienceIsAnsweredWithTheSample() {
        JsonPath audience =
                sandbox.post(Documented.EXTERNAL).statusCode(200).extract().jsonPath();

        assertEquals(
                List.of(
                        "id",
                        "audienceId",
                        "name",
                        "namespace",
                        "imsOrgId",
                        "sandbox",
                        "isSystem",
                        "description",
                        "type",
                        "lifecycle",
                        "lifecycleState",
                        "createdBy",
                        "datasetId",
                        "labels",
                        "_etag",
                        "creationTime",
                        "updateEpoch",
                        "updateTime",
                        "createEpoch"),
                List.copyOf(audience.<String, Object>getMap("$").keySet()));
        assertNotEquals("test-external-audience-id", audience.getString("id"));
        assertEquals("test-external-audience-id", audience.getString("audienceId"));
        assertEquals("aam", audience.getString("namespace"));
        assertEquals("ExternalSegment", audience.getString("type"));
        assertEquals("active", audience.getString("lifecycle"));
        assertEquals("6254cf3c97f8e31b639fb14d", audience.getString("datasetId"));
    }

    @Test
    void whatIsLeftOutGetsItsDefault() {
        sandbox.post("{\"name\": \"A\", \"expression\": {\"value\": \"person.name.firstName = \\\"A\\\"\"}}")
                .statusCode(200)
                .body("type", equalTo("SegmentDefinition"))
                .body("expression.type", equalTo("PQL"))
                .body("expression.format", equalTo("pql/text"))
                .body("schema.name", equalTo("_xdm.context.profile"))
                .body("ttlInDays", equalTo(60))
                .body("profileInstanceId", equalTo("ups"))
                .body("dataGovernancePolicy.excludeOptOut", equalTo(true))
                .body("overridePerformanceWarnings", equalTo(false))
                .body("lifecycle", equalTo("active"))
                .body("labels", empty())
                .body("namespace", equalTo("AEPSegments"))
                .body("$", not(hasKey("description")));
    }

    @Test
    void nullCountsAsLeftOut() {
        sandbox.post("""
                        {"name": "A", "expression": {"value": "person.name.firstName = \\"A\\""}, "description": null,
                         "labels": null, "ttlInDays": null, "schema": null, "evaluationInfo": null}
                        """).statusCode(200).body("ttlInDays", equalTo(60)).body("labels", empty());
    }

    @Test
    void whatIsSentIsKept() {
        sandbox.post("""
                        {"name": "Größe 'M' \\u0001 🎯", "description": "", "expression": {"type": "pql", "value": "workAddress.country = \\"US\\""},
                         "schema": {"name": "_xdm.context.other"}, "ttlInDays": 7, "profileInstanceId": "other",
                         "mergePolicyId": "my-policy", "dataGovernancePolicy": {"excludeOptOut": false},
                         "evaluationInfo": {"batch": {"enabled": true}, "continuous": {"enabled": true}},
                         "overridePerformanceWarnings": true, "lifecycle": "draft", "labels": ["core/C2", "core/C1"],
                         "namespace": "mine"}
                        """)
                .statusCode(200)
                .body("name", equalTo("Größe 'M' \u0001 🎯"))
                .body("description", equalTo(""))
                .body("expression.type", equalTo("PQL"))
                .body("schema.name", equalTo("_xdm.context.other"))
                .body("ttlInDays", equalTo(7))
                .body("profileInstanceId", equalTo("other"))
                .body("mergePolicyId", equalTo("my-policy"))
                .body("dataGovernancePolicy.excludeOptOut", equalTo(false))
                .body("evaluationInfo.batch.enabled", equalTo(true))
                .body("evaluationInfo.continuous.enabled", equalTo(true))
                .body("evaluationInfo.synchronous.enabled", equalTo(false))
                .body("overridePerformanceWarnings", equalTo(true))
                .body("lifecycle", equalTo("draft"))
                .body("labels", contains("core/C2", "core/C1"))
                .body("namespace", equalTo("mine"));
    }

    @Test
    void readOnlyAndUnknownPropertiesArePassedOver() {
        sandbox.post("""
                        {"name": "A", "expression": {"value": "workAddress.country = \\"US\\""},
                         "id": "mine", "audienceId": "mine", "imsOrgId": "other@Org", "sandbox": {"sandboxName": "other"},
                         "isSystem": true, "createdBy": "somebody", "creationTime": 1, "updateTime": "x", "createEpoch": {},
                         "_etag": 7, "dependents": ["x"], "dependencies": ["y"], "definedOn": [], "metrics": {}, "colour": "red"}
                        """)
                .statusCode(200)
                .body("id", matchesPattern(UUID_FORM))
                .body("audienceId", matchesPattern(UUID_FORM))
                .body("imsOrgId", equalTo(sandbox.organization()))
                .body("sandbox.sandboxName", equalTo(sandbox.name()))
                .body("isSystem", equalTo(false))
                .body("dependents", empty())
                .body("dependencies", empty())
                .body("definedOn", hasSize(1))
                .body("$", not(hasKey("metrics")))
                .body("$", not(hasKey("colour")));
    }

    @Test
    void anExternalAudienceKeepsItsOwnMetadata() {
        String id = sandbox.create("""
                {"audienceId": "a", "name": "A", "type": "ExternalAudience",
                 "audienceMeta": {"segmentStatus": "ACTIVE", "nested": {"list": [1, 2.5, null, true, 1e20]}},
                 "linkedAudienceRef": {"flowId": "4685ea90-d2b6-11ec-9d64-0242ac120002"}}
                """);

        sandbox.get(id)
                .statusCode(200)
                .body("type", equalTo("ExternalAudience"))
                .body("audienceMeta.segmentStatus", equalTo("ACTIVE"))
                .body("audienceMeta.nested.list.size()", equalTo(5))
                .body("linkedAudienceRef.flowId", equalTo("4685ea90-d2b6-11ec-9d64-0242ac120002"));
    }

    @Test
    void anExternalAudienceNeedsItsOwnId() {
        refused("{\"name\": \"A\", \"type\": \"ExternalAudience\"}", "`audienceId`: is required");
    }

    @Test
    void anExternalIdIsUniqueInItsNamespace() {
        sandbox.post(Documented.EXTERNAL).statusCode(200);

        sandbox.post(Documented.EXTERNAL)
                .statusCode(409)
                .body("errors.'409'[0].message", containsString("`audienceId`"))
                .body("errors.'409'[0].message", containsString("test-external-audience-id"));
        sandbox.post(Documented.EXTERNAL.replace("ExternalSegment", "ExternalAudience"))
                .statusCode(409);
        sandbox.post(Documented.EXTERNAL.replace("aam", "AAMTraits")).statusCode(200);
        TestSandbox.fresh().post(Documented.EXTERNAL).statusCode(200);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        ValidatableResponse refusal = sandbox.post("""
                {"description": 7, "labels": ["a", 1], "ttlInDays": 0, "lifecycle": "archived", "schema": "x",
                 "expression": {"format": true, "value": ["x"]}, "dataGovernancePolicy": {"excludeOptOut": "yes"}}
                """);

        refusal.statusCode(400)
                .body(
                        "errors.'400'.message",
                        contains(
                                "`name`: is required",
                                "`description`: must be a string, but is the number 7",
                                "`lifecycle`: cannot be archived; an audience is archived when it is deleted",
                                "`labels[1]`: must be a string, but is the number 1",
                                "`expression.format`: must be a string, but is true",
                                "`expression.value`: must be a string, but is an array",
                                "`schema`: must be an object, but is a string",
                                "`ttlInDays`: must be from 1 to 36500",
                                "`dataGovernancePolicy.excludeOptOut`: must be true or false, but is a string"))
                .body("errors.'400'.code", everyItem(equalTo("invalid-request")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "", "expression": {"value": "a = 1"}}                            | `name`: must not be blank
                    {"name": " ", "expression": {"value": "a = 1"}}                           | `name`: must not be blank
                    {"name": null, "expression": {"value": "a = 1"}}                          | `name`: is required
                    {"name": ["A"], "expression": {"value": "a = 1"}}                         | `name`: must be a string, but is an array
                    {"name": "A"}                                                             | `expression`: is required
                    {"name": "A", "expression": "a = 1"}                                      | `expression`: must be an object, but is a string
                    {"name": "A", "expression": {}}                                           | `expression.value`: is required
                    {"name": "A", "expression": {"value": "a = 1", "type": "SQL"}}            | `expression.type`: must be PQL
                    {"name": "A", "expression": {"value": "a = 1"}, "type": "Segment"}        | `type`: must be one of SegmentDefinition, ExternalSegment, ExternalAudience
                    {"name": "A", "expression": {"value": "a = 1"}, "lifecycle": "ACTIVE"}    | `lifecycle`: must be one of draft, published, inactive, active
                    {"name": "A", "expression": {"value": "a = 1"}, "ttlInDays": 1.5}         | `ttlInDays`: must be a whole number, but is the number 1.5
                    {"name": "A", "expression": {"value": "a = 1"}, "ttlInDays": 99999999999} | `ttlInDays`: must be from 1 to 36500
                    {"name": "A", "expression": {"value": "a = 1"}, "evaluationInfo": {"batch": {"enabled": false}}} | `evaluationInfo`: must enable at least one of batch, continuous and synchronous
                    []                                                                        | The request's body must be a JSON object that describes an audience.
                    "A"                                                                       | The request's body must be a JSON object that describes an audience.
                    null                                                                      | The request's body must be a JSON object that describes an audience.
                    """)
    void refuses(String body, String message) {
        refused(body, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud83c", "\\udfaf", "\\udfaf\\ud83c"})
    void whatTheDatabaseCannotStoreIsRefused(String character) {
        refusedNaming("`name`", "{\"name\": \"a" + character + "\", \"expression\": {\"value\": \"a = 1\"}}");
        refusedNaming(
                "`expression.value`",
                "{\"name\": \"a\", \"expression\": {\"value\": \"a = \\\"" + character + "\\\"\"}}");
        refusedNaming(
                "`labels[1]`",
                "{\"name\": \"a\", \"expression\": {\"value\": \"a = 1\"}, \"labels\": [\"\", \"" + character + "\"]}");
        String external =
                "{\"name\": \"a\", \"type\": \"ExternalSegment\", \"audienceId\": \"a\", \"audienceMeta\": %s}";
        refusedNaming("`audienceMeta.a[0].b`", external.formatted("{\"a\": [{\"b\": \"" + character + "\"}]}"));
    }

    @Test
    void norCanItBeInAName() {
        refusedNaming(
                "`audienceMeta.a`",
                "{\"name\": \"a\", \"type\": \"ExternalSegment\", \"audienceId\": \"a\", \"audienceMeta\": {\"a\": {\"\\u0000\": 1}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400", "1e200000", "0e-20000", "0e200000000"})
    void numbersOutOfRangeAreRefused(String number) {
        refusedNaming(
                "`audienceMeta.n`",
                "{\"name\": \"a\", \"type\": \"ExternalSegment\", \"audienceId\": \"a\", \"audienceMeta\": {\"n\": "
                        + number + "}}");
    }

    /** The database writes 1e300 with all its zeros whenever the audience is read. */
    @Test
    void numbersMayNotTakeMuchMoreThanTheirText() {
        String external =
                "{\"name\": \"a\", \"type\": \"ExternalSegment\", \"audienceId\": \"%s\", \"audienceMeta\": {\"n\": [%s1]}}";
        sandbox.post(external.formatted("a", "1e300,".repeat(30))).statusCode(200);
        sandbox.post(external.formatted("b", "0.000001,".repeat(10_000))).statusCode(200);
        refusedNaming("`audienceMeta`", external.formatted("a", "1e300,".repeat(40)));
        refusedNaming("`audienceMeta`", external.formatted("a", "1e-300,".repeat(40)));
    }

    @Test
    void textsAreLimited() {
        String body =
                "{\"name\": \"%s\", \"description\": \"%s\", \"expression\": {\"value\": \"workAddress.country = \\\"%s\\\"\"}}";
        // The limits count characters as people do, not UTF-16 code units.
        sandbox.post(body.formatted("🎯".repeat(256), "x".repeat(4096), "x".repeat(65_000)))
                .statusCode(200);
        refused(
                body.formatted("x".repeat(257), "", "x"),
                "`name`: has 257 characters, more than the 256 that are allowed");
        refused(
                body.formatted("x", "x".repeat(4097), "x"),
                "`description`: has 4097 characters, more than the 4096 that are allowed");
        sandbox.post(body.formatted("x", "x", "x".repeat(65_536)))
                .statusCode(400)
                .body("diagnostics.code", contains("PQL1009"));
    }

    private void refused(String body, String message) {
        sandbox.post(body).statusCode(400).body("errors.'400'.message", contains(message));
    }

    private void refusedNaming(String field, String body) {
        sandbox.post(body).statusCode(400).body("errors.'400'.message", contains(containsString(field)));
    }
}
