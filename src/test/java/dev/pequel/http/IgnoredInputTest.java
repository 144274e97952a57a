package dev.pequel.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Pequel-Ignored}: what a request has that nothing knows is passed over and named. */
@QuarkusTest
class IgnoredInputTest {

    private static final String BASE = "/data/core/ups";
    private static final String HEADER = "Pequel-Ignored";

    private final String sandbox = "ignored-" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audiences",
                "/segment/definitions",
                "/segment/jobs",
                "/config/schedules",
                "/audit/events",
                "/profiles/import",
                "/events/import"
            })
    void anUnknownParameterIsNamed(String path) {
        request()
                .urlEncodingEnabled(false)
                .get(BASE + path + "?limit=1&colour=red&colour=blue&b%2Cc=1")
                .then()
                .statusCode(200)
                .header(HEADER, "b%2Cc, colour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audiences?start=0&limit=1&sort=name:asc&property=name==x&name=a&description=b&withMetrics=true",
                "/audiences?WITHMETRICS=true&totalCount=3&evaluationInfo.batch.enabled=true",
                "/segment/definitions?start=0&limit=1&page=0&sort=name:asc&evaluationInfo.continuous.enabled=true",
                "/segment/jobs?start=0&limit=1&status=NEW&snapshot.name=x&sort=id:asc",
                "/audit/events?limit=1&subject=all&caller=x&from=2026-01-01T00:00:00Z",
                "/profiles/import?start=0&limit=1"
            })
    void knownParametersAreNot(String address) {
        request().get(BASE + address).then().statusCode(200).header(HEADER, nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/audiences | {'name': 'A', 'expression': {'value': 'n = 1'}, 'lables': ['x'], 'payloadSchema': 's'} | lables, payloadSchema",
                "/segment/definitions | {'name': 'A', 'expression': {'value': 'n = 1'}, 'colour': 1} | colour",
                "/config/schedules | {'name': 'A', 'type': 'batch_segmentation', 'schedule': '0 0 4 * * ?', 'id': 'x', 'cron': 1,"
                        + " 'properties': {'segments': ['*'], 'segment': 1}} | cron, segment",
                "/preview | {'predicateExpression': 'n = 1', 'graphType': 'pdg'} | graphType",
                "/pql/check | {'expression': {'value': 'n = 1'}, 'colour': 1} | colour",
                "/pql/count | {'expressions': [{'value': 'n = 1'}], 'colour': 1} | colour",
                "/pql/evaluate | {'expression': {'value': '1 + 1'}, 'profile': {}, 'colour': 1} | colour"
            })
    void anUnknownPropertyIsNamed(String path, String body, String names) {
        request().body(body.replace('\'', '"')).post(BASE + path).then().header(HEADER, names);
    }

    @Test
    void whatWasReadComesBackWithoutAWord() {
        String id = request()
                .body("{\"name\": \"A\", \"expression\": {\"value\": \"n = 1\"}}")
                .post(BASE + "/audiences")
                .path("id");
        String read =
                request().get(BASE + "/audiences/" + id + "?withMetrics=true").asString();

        request()
                .body(read)
                .put(BASE + "/audiences/" + id)
                .then()
                .statusCode(200)
                .header(HEADER, nullValue());
        request()
                .body(read)
                .patch(BASE + "/segment/definitions/" + id)
                .then()
                .statusCode(200)
                .header(HEADER, nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nane", "/expression/valu", "/name/x", "/schema/id"})
    void aPatchOfWhatAudiencesDoNotHaveIsRefused(String path) {
        String id = request()
                .body("{\"name\": \"A\", \"expression\": {\"value\": \"n = 1\"}}")
                .post(BASE + "/audiences")
                .path("id");

        request()
                .body("[{\"op\": \"add\", \"path\": \"" + path + "\", \"value\": \"B\"}]")
                .patch(BASE + "/audiences/" + id)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", equalTo("`" + path + "`: is not an attribute of audiences"));
    }

    @Test
    void ofManyNamesSomeAreTold() {
        String many = IntStream.range(0, 500).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));

        request()
                .get(BASE + "/audiences?" + many)
                .then()
                .statusCode(200)
                .header(HEADER, allOf(startsWith("p0, p1, p10, p100, "), endsWith(", ...")));
        request()
                .get(BASE + "/audiences?" + "x".repeat(2000) + "=1")
                .then()
                .statusCode(200)
                .header(HEADER, "x".repeat(100) + "...");
    }

    @Test
    void aRefusedRequestTellsNothing() {
        request()
                .get(BASE + "/audiences?colour=red&limit=x")
                .then()
                .statusCode(400)
                .header(HEADER, nullValue())
                .body("errors.'400'[0].message", containsString("limit"));
    }

    private RequestSpecification request() {
        return given().header("x-sandbox-name", sandbox).contentType(ContentType.JSON);
    }
}
