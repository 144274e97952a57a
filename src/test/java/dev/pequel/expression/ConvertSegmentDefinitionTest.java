package dev.pequel.expression;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /data/core/ups/segment/conversion}: text to tree and back. */
@QuarkusTest
class ConvertSegmentDefinitionTest {

    private static final String A_IS_B = """
            {"nodeType":"fnApply","fnName":"=","params":[\
            {"nodeType":"fieldLookup","fieldName":"a","object":{"nodeType":"parameterReference","position":1}},\
            {"nodeType":"fieldLookup","fieldName":"b","object":{"nodeType":"parameterReference","position":1}}]}""";

    @Test
    void turnsTextIntoATree() {
        convert("pql/text", "a = b")
                .body("expression.type", equalTo("PQL"))
                .body("expression.format", equalTo("pql/json"))
                .body("expression.value", equalTo(A_IS_B));
    }

    @Test
    void turnsATreeIntoText() {
        convert("pql/json", A_IS_B)
                .body("expression.format", equalTo("pql/text"))
                .body("expression.value", equalTo("a = b"));
    }

    @Test
    void answersWithTheRestOfTheDefinitionAsItWasSent() {
        given().contentType(ContentType.JSON)
                .body("""
                        {"id": "54669488-03ab-4e0d-a694-37fe49e32be8", "name": "People who ordered", "description": "Last 30 days",
                         "mergePolicyId": "5ed35fd8-6eeb-4ad2-bed9-43e695b8ac0b", "profileInstanceId": "ups",
                         "expression": {"type": "PQL", "format": "pql/text", "value": "workAddress.country = \\"US\\"", "meta": 1},
                         "schema": {"name": "_xdm.context.profile"}, "ttlInDays": 30, "x": [1.50, {"y": null}]}
                        """)
                .post("/data/core/ups/segment/conversion")
                .then()
                .statusCode(200)
                .body("id", equalTo("54669488-03ab-4e0d-a694-37fe49e32be8"))
                .body("name", equalTo("People who ordered"))
                .body("description", equalTo("Last 30 days"))
                .body("mergePolicyId", equalTo("5ed35fd8-6eeb-4ad2-bed9-43e695b8ac0b"))
                .body("schema.name", equalTo("_xdm.context.profile"))
                .body("expression.format", equalTo("pql/json"))
                .body("expression.meta", equalTo(1))
                .body("ttlInDays", equalTo(30))
                .body("x[0]", equalTo(1.5f));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xEvent[productListItems[SKU = \"PS\" or ^^.person.gender = \"female\"]]",
                "chain(xEvent, timestamp, [A: WHAT(eventType = \"view\") WHEN(< 7 days before now) COUNT(5), B: WHAT(true)])",
                "xEvent.groupBy(eventType).map((K, G) => mapEntry(K, G.count()))",
                "let X = person.orders.sum(price) in X > 100 and X < 1000",
                "`order-total` > 100 and person.`next` = \"x\"",
                "(sum I.price * I.quantity over E from xEvent, I from E.productListItems where I.quantity > 1) > 1000",
            })
    void isStable(String text) {
        String tree = value(convert("pql/text", text));
        String textAgain = value(convert("pql/json", tree));
        assertEquals(tree, value(convert("pql/text", textAgain)));
        assertEquals(textAgain, value(convert("pql/json", tree)));
    }

    @Test
    void doesNotCheckNamesAndTypes() {
        convert("pql/text", "`no such field`.frobnicate(1)");
    }

    @Test
    void refusesWhatCannotBeRead() {
        refused("pql/text", "a = ").body("diagnostics.code", contains("PQL1001"));
        refused("pql/json", "{\"nodeType\": \"let\", \"varName\": \"X\", \"value\": 5}")
                .body("diagnostics.code", contains("PQL6004", "PQL6002"));
        refused("pql/yaml", "a").body("errors.'400'[0].message", containsString("`expression.format`"));
    }

    @Test
    void refusesATreeThatNeedsMoreBracketsThanTextMayHave() {
        String one = "{\"nodeType\":\"literal\",\"literalType\":\"Integer\",\"value\":1}";
        String tree = ("{\"nodeType\":\"fnApply\",\"fnName\":\"=\",\"params\":[" + one + ",").repeat(300)
                + one
                + "]}".repeat(300);
        refused("pql/json", tree).body("diagnostics.code", contains("PQL1010"));
    }

    @Test
    void refusesADefinitionWithCharactersThatNobodyCanRead() {
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"\\udc00\", \"expression\": {\"value\": \"a\"}}")
                .post("/data/core/ups/segment/conversion")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("name"));
        refused("pql/json", "{\"nodeType\":\"literal\",\"literalType\":\"String\",\"value\":\"\\ud800\"}")
                .body("diagnostics.code", contains("PQL6001"));
    }

    @Test
    void refusesANameThatIsNoText() {
        named("17").statusCode(400).body("errors.'400'[0].message", containsString("`name`"));
        named("null").statusCode(200).body("name", nullValue());
    }

    private static ValidatableResponse named(String name) {
        return given().contentType(ContentType.JSON)
                .body("{\"name\": " + name + ", \"expression\": {\"value\": \"a\"}}")
                .post("/data/core/ups/segment/conversion")
                .then();
    }

    private static String value(ValidatableResponse response) {
        return JsonPath.from(response.extract().asString()).getString("expression.value");
    }

    private static ValidatableResponse refused(String format, String value) {
        return send(format, value).statusCode(400);
    }

    private static ValidatableResponse convert(String format, String value) {
        return send(format, value).statusCode(200);
    }

    private static ValidatableResponse send(String format, String value) {
        return given().contentType(ContentType.JSON)
                .body(Map.of(
                        "name", "test",
                        "schema", Map.of("name", "_xdm.context.profile"),
                        "expression", Map.of("type", "PQL", "format", format, "value", value)))
                .post("/data/core/ups/segment/conversion")
                .then();
    }
}
