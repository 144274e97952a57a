package dev.pequel.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one shape of all failures. */
@QuarkusTest
class ErrorShapeTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";

    @Test
    void badRequest() {
        shape(400, "invalid-request", post("{}"));
    }

    @Test
    void badExpression() {
        ValidatableResponse refusal = post(
                "{\"name\": \"A\", \"expression\": {\"value\": \"person.name.firstName = \\n and workAddress.country ==\"}}");

        refusal.statusCode(400)
                .body("title", equalTo("The expression is not valid"))
                .body("errors.'400'.code", everyItem(containsString("PQL")))
                .body("errors.'400'.message", everyItem(containsString("line ")))
                .body("diagnostics.code", everyItem(containsString("PQL")))
                .body("diagnostics.message", everyItem(notNullValue()))
                .body("diagnostics.line", hasItem(2))
                .body("diagnostics.column", everyItem(notNullValue()))
                .body("diagnostics.offset", everyItem(notNullValue()))
                .body("diagnostics.length", everyItem(notNullValue()));
        assertEquals(
                List.of("requestId", "type", "title", "status", "errors", "diagnostics"),
                List.copyOf(
                        refusal.extract().jsonPath().<String, Object>getMap("$").keySet()));
    }

    @Test
    void aDiagnosticSuggestsWhatToWrite() {
        post("{\"name\": \"A\", \"expression\": {\"value\": \"person.name.firstName.startWith(\\\"Jo\\\")\"}}")
                .statusCode(400)
                .body("diagnostics.code", contains("PQL2002"))
                .body("diagnostics[0].line", equalTo(1))
                .body("diagnostics[0].column", equalTo(23))
                .body("diagnostics[0].offset", equalTo(22))
                .body("diagnostics[0].length", equalTo(9))
                .body("diagnostics[0].suggestion", equalTo("startsWith"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/data/core/ups/nothing",
                "/data/core/ups/audiences/x/y",
                "/q/nothing",
                "/audiences/x"
            })
    void notFound(String path) {
        shape(404, "not-found", given().get(path).then())
                .body("errors.'404'[0].message", containsString(path.substring(path.lastIndexOf('/') + 1)));
    }

    @ParameterizedTest
    @CsvSource({"DELETE, ''", "PATCH, ''", "PUT, ''", "POST, /x", "FOO, ''", "FOO, /x"})
    void methodNotAllowed(String method, String below) {
        shape(
                        405,
                        "method-not-allowed",
                        given().request(method, AUDIENCES + below).then())
                .body("errors.'405'[0].message", containsString(method));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DELETE | /audiences                                | GET, HEAD, OPTIONS, POST
                    POST   | /audiences/x                              | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
                    POST   | /data/core/ups/audiences/x                | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
                    PATCH  | /data/core/ups/audiences/x/members        | DELETE, GET, HEAD, OPTIONS, POST, PUT
                    PUT    | /data/core/ups/preview                    | OPTIONS, POST
                    GET    | /data/core/ups/pql/check                  | OPTIONS, POST
                    GET    | /data/core/ups/pql/count                  | OPTIONS, POST
                    POST   | /data/core/ups/pql/language               | GET, HEAD, OPTIONS
                    POST   | /data/core/ups/config/fields              | GET, HEAD, OPTIONS
                    PUT    | /data/core/ups/config/fields/values       | GET, HEAD, OPTIONS
                    PATCH  | /data/core/ups/profiles/import            | GET, HEAD, OPTIONS, POST
                    PATCH  | /data/core/ups/profiles/import/x          | GET, HEAD, OPTIONS
                    PUT    | /data/core/ups/config/schedules/x         | DELETE, GET, HEAD, OPTIONS, PATCH
                    FOO    | /data/core/ups/segment/jobs/x             | DELETE, GET, HEAD, OPTIONS
                    PUT    | /data/core/ups/export/jobs/1              | DELETE, GET, HEAD, OPTIONS
                    POST   | /data/core/ups/export/jobs/1/files/x      | GET, HEAD, OPTIONS
                    """)
    void aMethodThatIsNotAllowedComesWithThoseThatAre(String method, String path, String allowed) {
        given().request(method, path).then().statusCode(405).header("Allow", equalTo(allowed));
    }

    /** Operations of the hosted service that Pequel lacks. */
    @ParameterizedTest
    @CsvSource({
        "GET, /search/entities?schemaClass=x&namespace=y",
        "POST, /config/mergePolicies",
        "PUT, /config/mergePolicies/x",
        "DELETE, /system/jobs/x",
        "POST, /config/destinations"
    })
    void notImplemented(String method, String address) {
        shape(
                        501,
                        "not-implemented",
                        given().contentType("application/vnd.adobe.platform.projectionDestination+json;version=1")
                                .body("{}")
                                .request(method, "/data/core/ups" + address)
                                .then())
                .header("Link", equalTo("</compatibility.md>; rel=\"help\""))
                .body("errors.'501'[0].message", containsString("/compatibility.md"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /search/entities, 404",
        "GET, /search/nothing, 404",
        "GET, /search, 404",
        "PUT, /system/jobs/x, 404",
        "GET, /system/jobs/x/y, 404",
        "PUT, /config/mergePolicies, 405",
        "POST, /config/mergePolicies/x, 405",
        "GET, /unsupported, 404"
    })
    void whatNeitherServiceHas(String method, String path, int status) {
        shape(
                status,
                status == 404 ? "not-found" : "method-not-allowed",
                given().request(method, "/data/core/ups" + path).then());
    }

    /** The test's client would refuse to send most of them. */
    @ParameterizedTest
    @CsvSource({
        "/%zz, false",
        "/%, false",
        "/audiences/%4, false",
        "/audiences?name=%, false",
        "/audiences?%u0041=1, false",
        "/audiences/%c3%28, false",
        "/audiences/%ed%a0%80, false",
        "/audiences/%ff%41, false",
        "/audiences, true",
        "/audiences/%41?name=%C3%A4%20%25zz, true",
        "/%F0%9F%98%80, true"
    })
    void anAddressMustBeDecodable(String address, boolean expected) {
        assertEquals(expected, RequestUriValidation.isAddress(address));
    }

    @Test
    void malformedAddress() {
        shape(
                        400,
                        "invalid-request",
                        given().urlEncodingEnabled(false)
                                .get("/audiences/%c3%28")
                                .then())
                .body("errors.'400'[0].message", containsString("URI"));
    }

    @Test
    void longAddressesAndHeadersAreRead() {
        given().header("x-long", "x".repeat(20_000))
                .get("/q/health/live?x=" + "x".repeat(65_000))
                .then()
                .statusCode(200);
    }

    @Test
    void notAcceptable() {
        shape(406, "not-acceptable", given().accept("text/csv").get(AUDIENCES).then())
                .body("errors.'406'[0].message", containsString("text/csv"));
    }

    @Test
    void conflict() {
        String audience = "{\"name\": \"A\", \"audienceId\": \"conflicting\", \"type\": \"ExternalSegment\"}";
        post(audience);

        shape(409, "conflict", post(audience));
    }

    @Test
    void preconditionFailed() {
        String id = post("{\"name\": \"A\", \"expression\": {\"value\": \"person.name.firstName = \\\"A\\\"\"}}")
                .extract()
                .path("id");

        shape(
                412,
                "precondition-failed",
                given().header("If-Match", "\"x\"").delete(AUDIENCES + "/" + id).then());
    }

    @ParameterizedTest
    @ValueSource(ints = {1024 * 1024 + 1, 3_000_000, 30_000_000})
    void bodyTooLarge(int length) {
        shape(413, "body-too-large", post("{\"name\": \"" + "x".repeat(length - 12) + "\"}"))
                .body("errors.'413'[0].message", containsString("1048576"));
    }

    @Test
    void aBodyOfTheGreatestLengthIsRead() {
        post("{\"name\": \"" + "x".repeat(1024 * 1024 - 12) + "\"}")
                .statusCode(400)
                .body("errors.'400'.message", hasItem(containsString("`name`: has 1048564 characters")));
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "POST, /bulk-get", "PUT, /x", "PATCH, /x"})
    void unsupportedMediaType(String method, String below) {
        shape(
                        415,
                        "unsupported-media-type",
                        given().contentType("application/xml")
                                .body("<name>A</name>")
                                .request(method, AUDIENCES + below)
                                .then())
                .body("errors.'415'[0].message", containsString("application/xml"));
    }

    /** What Postman calls a body unless it is told otherwise. */
    @Test
    void plainTextIsReadAsJson() {
        given().contentType("text/plain")
                .body("{\"expression\": {\"value\": \"n = 1\"}}")
                .post("/data/core/ups/pql/check")
                .then()
                .statusCode(200);
        shape(
                        400,
                        "invalid-request",
                        given().contentType("text/plain")
                                .body("name=A")
                                .post(AUDIENCES)
                                .then())
                .body("errors.'400'[0].message", containsString("cannot be read as JSON at line 1, column 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.adobe.xdm+json",
                "application/vnd.adobe.platform.segmentation+json;version=1",
                "text/html, application/problem+json;q=0.5"
            })
    void whoAcceptsAKindOfJsonGetsJson(String accept) {
        given().header("Accept", accept)
                .get(AUDIENCES + "?limit=1")
                .then()
                .statusCode(200)
                .contentType("application/json");
        shape(
                404,
                "not-found",
                given().header("Accept", accept).get(AUDIENCES + "/missing").then());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name": }                  | line 1, column 10
                    {"name": "A",}              | line 1, column 14
                    {"name": "A"                | line 1, column 13
                    {"name": "A"} {}            | line 1, column 15
                    {"name": "A", "name": "B"}  | Duplicate field 'name'
                    {"a": {"b": 1, "b": 2}}     | Duplicate field 'b'
                    {'name': 'A'}               | line 1, column 2
                    {"name": NaN}               | line 1, column 13: Non-standard token 'NaN'
                    {"name": 01}                | line 1, column 11
                    {"name": "\\x"}             | line 1, column 12
                    x                           | line 1, column 1
                    """)
    void malformedJson(String body, String expected) {
        shape(400, "invalid-request", post(body))
                .body(
                        "errors.'400'[0].message",
                        allOf(containsString("cannot be read as JSON"), containsString(expected)));
    }

    @Test
    void malformedJsonOfSeveralLines() {
        post("{\n  \"name\": \"A\",\n  \"description\" \"B\"\n}")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("line 3, column 17"));
    }

    @Test
    void noBody() {
        shape(
                400,
                "invalid-request",
                given().contentType(ContentType.JSON).post(AUDIENCES).then());
        shape(400, "invalid-request", post("  \n "));
    }

    @Test
    void jsonNestedTooDeeply() {
        shape(400, "invalid-request", postBytes("[".repeat(100_000)));
        shape(400, "invalid-request", postBytes("{\"a\":".repeat(100_000)));
    }

    @Test
    void jsonWithTooManyDigits() {
        shape(400, "invalid-request", post("{\"ttlInDays\": " + "9".repeat(100_000) + "}"));
    }

    @Test
    void anotherEncoding() {
        byte[] latin = "{\"name\": \"Größe\"}".getBytes(StandardCharsets.ISO_8859_1);

        shape(
                400,
                "invalid-request",
                given().contentType(ContentType.JSON)
                        .body(latin)
                        .post(AUDIENCES)
                        .then());
    }

    @Test
    void theClientsRequestIdIsKept() {
        given().header("x-request-id", "my-request.1")
                .get("/nothing")
                .then()
                .header("x-request-id", equalTo("my-request.1"))
                .body("requestId", equalTo("my-request.1"));
        given().header("x-request-id", "<script>").get("/nothing").then().body("requestId", not("<script>"));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON).body(body).post(AUDIENCES).then();
    }

    /** As bytes, of which REST Assured makes no indented text in case it has to be shown: that takes memory with its depth. */
    private static ValidatableResponse postBytes(String body) {
        return given().contentType(ContentType.JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(AUDIENCES)
                .then();
    }

    private static ValidatableResponse shape(int status, String code, ValidatableResponse response) {
        String requestId = response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("status", equalTo(status))
                .body("type", equalTo("urn:pequel:error:" + code))
                .body("title", notNullValue())
                .body("errors", hasKey(String.valueOf(status)))
                .body("errors.'" + status + "'.code", everyItem(equalTo(code)))
                .body("errors.'" + status + "'.message", everyItem(notNullValue()))
                .extract()
                .path("requestId");
        Map<String, Object> body = response.extract().jsonPath().getMap("$");
        assertEquals(List.of("requestId", "type", "title", "status", "errors"), List.copyOf(body.keySet()));
        assertEquals(requestId, response.extract().header("x-request-id"));
        return response;
    }
}
