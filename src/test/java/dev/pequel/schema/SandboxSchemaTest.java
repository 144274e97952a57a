package dev.pequel.schema;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code PUT/GET/DELETE /data/core/ups/config/schema}: the schema of a sandbox. */
@QuarkusTest
class SandboxSchemaTest {

    private static final String SCHEMA = """
            {"$schema": "http://json-schema.org/draft-06/schema#", "type": "object",
             "properties": {
              "person": {"type": "object", "properties": {
               "firstName": {"type": "string"}, "birthDate": {"type": "string", "format": "date"}}},
              "scores": {"type": "object", "additionalProperties": {"type": "number"}},
              "xEvent": {"type": "array", "items": {"type": "object", "properties": {"priceTotal": {"type": "number"}}}}}}
            """;

    /** Every test works in a sandbox of its own. */
    private final String sandbox = "schema-" + UUID.randomUUID();

    @Test
    void thereIsNoneAtFirst() {
        caller().get("/data/core/ups/config/schema")
                .then()
                .statusCode(404)
                .body("errors.'404'[0].message", containsString("built-in"));
        check("no.such.field = 1").body("valid", equalTo(true));
    }

    @Test
    void onceStoredFieldsThatItDoesNotHaveAreErrors() {
        put(SCHEMA);
        check("person.firstName = \"Jo\" and scores.get(\"golf\") > 3").body("diagnostics", empty());
        check("xEvent.sum(priceTotal) > 100").body("valid", equalTo(true));
        check("person.fristName = \"Jo\"")
                .body("valid", equalTo(false))
                .body("diagnostics.code", contains("PQL2001"))
                .body("diagnostics.suggestion", contains("firstName"));
        check("person.firstName = 5").body("diagnostics.code", hasItem("PQL3001"));
    }

    @Test
    void isAnsweredAsItWasStored() {
        String etag = put(SCHEMA)
                .body("properties.person.properties.birthDate.format", equalTo("date"))
                .header("ETag", matchesPattern("\"[0-9a-f-]{36}\""))
                .extract()
                .header("ETag");
        caller().get("/data/core/ups/config/schema")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("ETag", equalTo(etag))
                .body("properties.scores.additionalProperties.type", equalTo("number"));
        caller().header("If-None-Match", etag)
                .get("/data/core/ups/config/schema")
                .then()
                .statusCode(304);
    }

    @Test
    void canBeReplaced() {
        put(SCHEMA);
        check("nickname = \"J\"").body("valid", equalTo(false));
        put("{\"properties\": {\"nickname\": {\"type\": \"string\"}}}");
        check("nickname = \"J\"").body("valid", equalTo(true));
    }

    @Test
    void canBeRemoved() {
        put(SCHEMA);
        caller().delete("/data/core/ups/config/schema").then().statusCode(204);
        caller().get("/data/core/ups/config/schema").then().statusCode(404);
        caller().delete("/data/core/ups/config/schema").then().statusCode(404);
        check("no.such.field = 1").body("valid", equalTo(true));
    }

    /** What a replica remembers of the schema is good only as long as the database has no other. */
    @Test
    void newAudiencesAreCheckedByThePresentOne() {
        create("nickname = \"J\"").statusCode(200);
        put(SCHEMA);
        create("nickname = \"J\"").statusCode(400).body("diagnostics.code", hasItem("PQL2001"));
        create("person.firstName = 5").statusCode(400).body("diagnostics.code", hasItem("PQL3001"));
        create("scores.get(\"golf\") > 3").statusCode(200);
        put("{\"properties\": {\"nickname\": {\"type\": \"string\"}}}");
        create("nickname = \"J\"").statusCode(200);
        create("scores.get(\"golf\") > 3").statusCode(400);
        caller().delete("/data/core/ups/config/schema").then().statusCode(204);
        create("no.such.field = 1").statusCode(200);
        caller().get("/data/core/ups/audiences").then().body("_page.totalCount", equalTo(4));
    }

    @Test
    void belongsToOneSandbox() {
        put(SCHEMA);
        given().header("x-sandbox-name", "other-" + sandbox)
                .get("/data/core/ups/config/schema")
                .then()
                .statusCode(404);
    }

    @Test
    void isChangedOnlyInTheVersionThatIfMatchNames() {
        caller().header("If-Match", "\"x\"")
                .contentType(ContentType.JSON)
                .body(SCHEMA)
                .put("/data/core/ups/config/schema")
                .then()
                .statusCode(412);
        String etag = put(SCHEMA).extract().header("ETag");
        caller().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body(SCHEMA)
                .put("/data/core/ups/config/schema")
                .then()
                .statusCode(412);
        caller().header("If-Match", etag)
                .contentType(ContentType.JSON)
                .body(SCHEMA)
                .put("/data/core/ups/config/schema")
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(etag)));
        caller().header("If-Match", etag)
                .delete("/data/core/ups/config/schema")
                .then()
                .statusCode(412);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    []                                                             | object
                    {"type": "string"}                                             | `schema`
                    {"type": "object", "properties": []}                           | `/properties`
                    {"properties": {"a": {"type": "text"}}}                        | `/properties/a/type`
                    {"properties": {"a": {"$ref": "https://example.com/a"}}}       | `/properties/a/$ref`
                    {"properties": {"a": {"$ref": "#/definitions/a"}}}             | `/properties/a/$ref`
                    {"properties": {"xEvent": {"type": "string"}}}                 | `/properties/xEvent`
                    {"properties": {"a\\u0000": {"type": "string"}}}               | U+0000
                    """)
    void isRefusedWhenItIsNoSchemaOfProfiles(String schema, String named) {
        caller().contentType(ContentType.JSON)
                .body(schema)
                .put("/data/core/ups/config/schema")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString(named));
        caller().get("/data/core/ups/config/schema").then().statusCode(404);
    }

    private ValidatableResponse put(String schema) {
        return caller().contentType(ContentType.JSON)
                .body(schema)
                .put("/data/core/ups/config/schema")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse create(String expression) {
        return caller().contentType(ContentType.JSON)
                .body(Map.of("name", "Checked", "expression", Map.of("value", expression)))
                .post("/data/core/ups/audiences")
                .then();
    }

    private ValidatableResponse check(String expression) {
        return caller().contentType(ContentType.JSON)
                .body(Map.of("expression", Map.of("value", expression)))
                .post("/data/core/ups/pql/check")
                .then()
                .statusCode(200);
    }

    private RequestSpecification caller() {
        return given().header("x-sandbox-name", sandbox);
    }
}
