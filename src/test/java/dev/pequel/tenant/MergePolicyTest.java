package dev.pequel.tenant;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /config/mergePolicies}. */
@QuarkusTest
class MergePolicyTest {

    private static final String POLICIES = "/data/core/ups/config/mergePolicies";

    private final String sandbox = "merge-" + UUID.randomUUID();

    @Test
    void aSandboxHasOneThatItsAudiencesHaveByDefault() {
        String id = request()
                .get(POLICIES)
                .then()
                .statusCode(200)
                .body("_page.totalCount", equalTo(1))
                .body("_page.pageSize", equalTo(1))
                .body("children", hasSize(1))
                .body("children[0].default", equalTo(true))
                .body("children[0].schema.name", equalTo("_xdm.context.profile"))
                .body("children[0].identityGraph.type", equalTo("none"))
                .body("children[0].attributeMerge.type", equalTo("timestampOrdered"))
                .body("children[0].version", equalTo(1))
                .body("children[0].sandbox.sandboxName", equalTo(sandbox))
                .extract()
                .path("children[0].id");

        request()
                .body("{\"name\": \"A\", \"expression\": {\"value\": \"n = 1\"}}")
                .post("/data/core/ups/audiences")
                .then()
                .statusCode(200)
                .body("mergePolicyId", equalTo(id));
        request().get(POLICIES + "/" + id).then().statusCode(200).body("id", equalTo(id));
        assertEquals(id, request().get(POLICIES).path("children[0].id"));
    }

    @ParameterizedTest
    @CsvSource({
        "default=true, 1",
        "default=false, 0",
        "schema.name=_xdm.context.profile, 1",
        "schema.name=_xdm.context.account, 0",
        "identityGraph.type=pdg, 0",
        "attributeMerge.type=timestampOrdered, 1",
        "version=2, 0",
        "limit=1&orderBy=-name, 1",
        "limit=1&orderby=name, 1",
        "start=1, 0"
    })
    void isLeftOutWhereItDiffers(String query, int found) {
        request().get(POLICIES + "?" + query).then().statusCode(200).body("children", hasSize(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=x", "start=-1"})
    void refusesWhatIsNoPage(String query) {
        request().get(POLICIES + "?" + query).then().statusCode(400);
    }

    @Test
    void severalAtOnce() {
        String id = request().get(POLICIES).path("children[0].id");

        request()
                .body("{\"ids\": [{\"id\": \"" + id + "\"}, {\"id\": \"missing\"}]}")
                .post(POLICIES + "/bulk-get")
                .then()
                .statusCode(207)
                .body("results.'" + id + "'.default", equalTo(true))
                .body("results.missing.errors.'404'.code", contains("not-found"));
    }

    @Test
    void othersDoNotExist() {
        String foreign = given().header("x-sandbox-name", "merge-" + UUID.randomUUID())
                .get(POLICIES)
                .path("children[0].id");

        request().get(POLICIES + "/" + foreign).then().statusCode(404);
        request().get(POLICIES + "/missing").then().statusCode(404);
        request().get(POLICIES + "?schema.name=x").then().body("children", empty());
    }

    private RequestSpecification request() {
        return given().header("x-sandbox-name", sandbox).contentType(ContentType.JSON);
    }
}
