package dev.pequel.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer of the API says of its content, whoever gives it. */
@QuarkusTest
class ResponseHeadersTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final String KEPT_BY_NOBODY_ELSE = "private, no-cache";

    @ParameterizedTest
    @CsvSource({
        "GET, /data/core/ups/audiences, 200",
        "HEAD, /data/core/ups/audiences, 200",
        "OPTIONS, /data/core/ups/audiences, 200",
        "GET, /data/core/ups/audiences?limit=x, 400",
        "GET, /data/core/ups/audiences/%c3%28, 400",
        "GET, /nothing, 404",
        "GET, //nothing, 404",
        "GET, /data/core/ups/audiences/x, 404",
        "DELETE, /data/core/ups/audiences, 405",
        "FOO, /data/core/ups/audiences, 405",
        "POST, /data/core/ups/audiences, 415",
    })
    void anAnswerIsWhatItsTypeSaysAndForItsClientAlone(String method, String path, int status) {
        protectedAnswer(given().urlEncodingEnabled(false).request(method, path).then(), status);
    }

    @Test
    void soIsOneThatIsGivenBeforeTheRequestIsLookedAt() {
        protectedAnswer(given().header("x-sandbox-name", "../x").get(AUDIENCES).then(), 400);
    }

    @Test
    void whoAcceptsGzipGetsIt() {
        given().header("Accept-Encoding", "gzip")
                .get("/data/core/ups/segment/jobs")
                .then()
                .statusCode(200)
                .header("Content-Encoding", equalTo("gzip"));
        given().header("Accept-Encoding", "gzip")
                .get(AUDIENCES + "/missing")
                .then()
                .statusCode(404)
                .body("status", equalTo(404));
        given().config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .get("/data/core/ups/segment/jobs")
                .then()
                .statusCode(200)
                .header("Content-Encoding", nullValue());
    }

    @Test
    void noPageOfAnotherOriginMayReadIt() {
        given().header("Origin", "https://example.com")
                .get(AUDIENCES)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void soIsTheOneThatNothingHasChanged() {
        String created = given().contentType(ContentType.JSON)
                .body("{\"name\": \"A\", \"expression\": {\"value\": \"person.name.firstName = \\\"A\\\"\"}}")
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        String tag = protectedAnswer(given().get(AUDIENCES + "/" + created).then(), 200)
                .extract()
                .header("ETag");

        protectedAnswer(
                given().header("If-None-Match", tag)
                        .get(AUDIENCES + "/" + created)
                        .then(),
                304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/live",
                "/q/metrics",
                "/q/openapi",
                "/q/swagger-ui/",
                "/q/swagger-ui/swagger-ui-bundle.js"
            })
    void whatIsNotOfTheApiIsCachedAsItSaysItself(String path) {
        given().get(path)
                .then()
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", not(KEPT_BY_NOBODY_ELSE));
    }

    private static ValidatableResponse protectedAnswer(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", equalTo(KEPT_BY_NOBODY_ELSE));
    }
}
