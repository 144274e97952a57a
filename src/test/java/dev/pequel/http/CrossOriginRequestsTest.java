package dev.pequel.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.pequel.tenant.VerifiedTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls from pages of another origin, one of which may. */
@QuarkusTest
@TestProfile(VerifiedTokens.class)
class CrossOriginRequestsTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";

    @Test
    void aBrowserLearnsWhatAPageMaySend() {
        given().header("Origin", VerifiedTokens.ORIGIN)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,x-gw-ims-org-id,content-type")
                .options(AUDIENCES + "/x")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo(VerifiedTokens.ORIGIN))
                .header("Access-Control-Allow-Methods", containsString("PATCH"))
                .header(
                        "Access-Control-Allow-Headers",
                        allOf(containsString("authorization"), containsString("x-gw-ims-org-id")));
    }

    @Test
    void aPageMayReadTheAnswer() {
        given().header("Origin", VerifiedTokens.ORIGIN)
                .get(AUDIENCES)
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", equalTo(VerifiedTokens.ORIGIN))
                .header(
                        "Access-Control-Expose-Headers",
                        allOf(containsString("ETag"), containsString("Pequel-Ignored")));
    }

    @Test
    void aPageOfAThirdOriginMayNot() {
        given().header("Origin", "https://example.com")
                .header("Access-Control-Request-Method", "PATCH")
                .options(AUDIENCES)
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", "https://example.com")
                .get(AUDIENCES)
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aPageOfThisServiceMay(String scheme) {
        String origin = scheme + "://localhost:" + RestAssured.port;

        given().header("Origin", origin).get("/console/main.js").then().statusCode(200);
        given().header("Origin", origin).delete(AUDIENCES + "/x").then().statusCode(401);
    }

    @Test
    void otherClientsNoticeNothing() {
        given().get(AUDIENCES).then().statusCode(401).header("Access-Control-Allow-Origin", nullValue());
    }
}
