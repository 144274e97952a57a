package dev.pequel.preview;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code POST /preview}, {@code GET /preview/{id}}, {@code GET /estimate/{id}} and {@code POST /pql/explain}. */
@QuarkusTest
class PreviewTest {

    private static final String BASE = "/data/core/ups";

    private final String sandbox = "preview-" + UUID.randomUUID();

    @BeforeEach
    void importProfiles() {
        request()
                .contentType("application/x-ndjson")
                .body("""
                {"loyalty":{"points":100.0},"identityMap":{"email":[{"id":"ann@example.com"}],"crmid":[{"id":"C1"}]}}
                {"loyalty":{"points":200.0},"identityMap":{"email":[{"id":"bob@example.com"}]}}
                {"loyalty":{"points":300.0},"identityMap":{"email":[{"id":"cid@example.com"}]}}
                """.getBytes())
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200);
    }

    @Test
    void aPreviewIsReadyAtOnce() {
        request()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "predicateExpression", "loyalty.points > 150.0",
                        "predicateType", "pql/text",
                        "predicateModel", "_xdm.context.profile"))
                .post(BASE + "/preview")
                .then()
                .statusCode(201)
                .header("X-Location", containsString("/data/core/ups/preview/"))
                .body("state", equalTo("RESULT_READY"))
                .body("previewQueryStatus", equalTo("RESULT_READY"))
                .body("previewQueryId", notNullValue())
                .body("previewExecutionId", notNullValue());
    }

    @Test
    void itsProfilesAreListedInPages() {
        String id = preview("loyalty.points > 150.0");
        request()
                .get(BASE + "/preview/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("RESULT_READY"))
                .body("results.objectId", contains("bob@example.com", "cid@example.com"))
                .body("results[0]._href", endsWith("entityIdNS=email&entityId=bob%40example.com"))
                .body("page.totalCount", equalTo(2));
        request()
                .get(BASE + "/preview/" + id + "?offset=1&limit=1")
                .then()
                .statusCode(200)
                .body("results.objectId", contains("cid@example.com"))
                .body("page.totalPages", equalTo(2));
        request()
                .get(BASE + "/preview/" + id + "?offset=2")
                .then()
                .statusCode(200)
                .body("results", hasSize(0));
    }

    @Test
    void aProfileWithSeveralIdentitiesNamesTheOthers() {
        request()
                .get(BASE + "/preview/" + preview("loyalty.points = 100.0"))
                .then()
                .body("results[0].objectId", equalTo("C1"))
                .body("results[0].relatedObjects.objectId", contains("ann@example.com"));
    }

    @Test
    void anEstimateIsExact() {
        request()
                .get(BASE + "/estimate/" + preview("loyalty.points < 250.0"))
                .then()
                .statusCode(200)
                .body("estimatedSize", equalTo(2))
                .body("profilesMatchedSoFar", equalTo(2))
                .body("totalRows", equalTo(3))
                .body("numRowsToRead", equalTo(3))
                .body("profilesReadSoFar", equalTo(3))
                .body("standardError", equalTo(0))
                .body("confidenceInterval", equalTo("95%"))
                .body("state", equalTo("RESULT_READY"))
                .body("estimatedNamespaceDistribution.namespaceId", contains("crmid", "email"))
                .body("estimatedNamespaceDistribution.profilesMatchedSoFar", contains(1, 2))
                .body("_links.preview", containsString("/data/core/ups/preview/"));
    }

    @Test
    void aWrongExpressionIsRefusedWithItsPlace() {
        request()
                .contentType(ContentType.JSON)
                .body(Map.of("predicateExpression", "loyalty.points == 1"))
                .post(BASE + "/preview")
                .then()
                .statusCode(400)
                .body("diagnostics[0].code", equalTo("PQL1005"))
                .body("diagnostics[0].column", equalTo(16));
    }

    @Test
    void otherModelsAndTypesAreRefused() {
        request()
                .contentType(ContentType.JSON)
                .body(Map.of("predicateExpression", "a = 1", "predicateType", "sql", "predicateModel", "touchpoint"))
                .post(BASE + "/preview")
                .then()
                .statusCode(400)
                .body("errors.'400'.message", hasSize(2));
    }

    @Test
    void aPreviewBelongsToItsSandboxAndCanBeDeleted() {
        String id = preview("loyalty.points > 0.0");
        given().header("x-sandbox-name", "other-" + UUID.randomUUID())
                .get(BASE + "/preview/" + id)
                .then()
                .statusCode(404);
        request().delete(BASE + "/preview/" + id).then().statusCode(200).body("status", equalTo(true));
        request().get(BASE + "/preview/" + id).then().statusCode(404);
        request().get(BASE + "/estimate/" + id).then().statusCode(404);
        request().get(BASE + "/preview/nonsense").then().statusCode(404);
    }

    @Test
    void anUnknownAudienceIsRefused() {
        request()
                .contentType(ContentType.JSON)
                .body(Map.of("predicateExpression", "inSegment(\"" + UUID.randomUUID() + "\")"))
                .post(BASE + "/preview")
                .then()
                .statusCode(400)
                .body("diagnostics[0].code", equalTo("PQL2006"));
    }

    @Test
    void anExplanationShowsEveryPartAndWhatDecides() {
        request()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "expression", Map.of("value", "loyalty.points > 150.0 and loyalty.points < 1000.0"),
                        "identity", Map.of("namespace", "crmid", "id", "C1")))
                .post(BASE + "/pql/explain")
                .then()
                .statusCode(200)
                .body("value", equalTo(false))
                .body("deciding.text", contains("loyalty.points > 150.0"))
                .body("deciding[0].column", equalTo(1))
                .body("tree.parts[0].place.text", equalTo("loyalty.points > 150.0"))
                .body("tree.parts[0].values", contains(false))
                .body("tree.parts[1].values", contains(true))
                .body("tree.parts[0].parts[0].values", contains(100.0f));
    }

    @Test
    void anExplanationNeedsAProfileThatExists() {
        request()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "expression", Map.of("value", "loyalty.points > 150.0"),
                        "identity", Map.of("namespace", "crmid", "id", "nobody")))
                .post(BASE + "/pql/explain")
                .then()
                .statusCode(404)
                .body("title", not(equalTo("")));
    }

    private String preview(String expression) {
        return request()
                .contentType(ContentType.JSON)
                .body(Map.of("predicateExpression", expression))
                .post(BASE + "/preview")
                .then()
                .statusCode(201)
                .extract()
                .path("previewId");
    }

    private RequestSpecification request() {
        return given().header("x-sandbox-name", sandbox);
    }
}
