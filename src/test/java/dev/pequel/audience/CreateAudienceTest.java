package dev.pequel.audience;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** "Create a new audience". */
@QuarkusTest
class CreateAudienceTest {

    @Test
    void answersWithTheWholeAudience() {
        given().contentType("application/json")
                .body("""
                        {"name": "People who ordered in the last 30 days", "profileInstanceId": "ups",
                         "description": "Last 30 days", "type": "SegmentDefinition",
                         "expression": {"type": "PQL", "format": "pql/text", "value": "workAddress.country = \\"US\\""},
                         "schema": {"name": "_xdm.context.profile"}, "labels": ["core/C1"]}
                        """)
                .post("/data/core/ups/audiences")
                .then()
                .statusCode(200)
                .body("name", equalTo("People who ordered in the last 30 days"));
    }
}
