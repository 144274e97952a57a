package dev.pequel.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id by which the client and the log speak of the same request. */
@QuarkusTest
class RequestIdTest {

    private static final String GIVEN = "[0-9a-f]{8}-[0-9a-f-]{27}";

    @ParameterizedTest
    @ValueSource(strings = {"/data/core/ups/audiences", "/audiences", "/q/health", "/nothing", "/%ff", "/audiences/x"})
    void everyAnswerHasOne(String path) {
        given().urlEncodingEnabled(false).get(path).then().header("x-request-id", matchesPattern(GIVEN));
        given().urlEncodingEnabled(false)
                .header("X-Request-Id", "mine-1")
                .get(path)
                .then()
                .header("x-request-id", equalTo("mine-1"));
    }

    @Test
    void anAnswerHasItOnce() {
        assertEquals(
                1,
                given().get("/audiences/x").getHeaders().getList("x-request-id").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<x>", "\"", "{}"})
    void anUnusableOneIsReplaced(String id) {
        given().header("x-request-id", id)
                .get("/audiences")
                .then()
                .statusCode(200)
                .header("x-request-id", matchesPattern(GIVEN));
    }
}
