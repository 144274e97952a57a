package dev.pequel.expression;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /data/core/ups/pql/check}: everything about an expression, without saving it. */
@QuarkusTest
class CheckExpressionTest {

    @Nested
    class ValidExpression {

        @Test
        void tellsTypeFieldsAndCanonicalText() {
            check("homeAddress.countryCode=\"US\"   AND person.birthYear > 1990")
                    .body("valid", equalTo(true))
                    .body("resultType", equalTo("Boolean"))
                    .body("fields", contains("homeAddress.countryCode", "person.birthYear"))
                    .body("dependencies", empty())
                    .body("normalized", equalTo("homeAddress.countryCode = \"US\" and person.birthYear > 1990"))
                    .body("diagnostics", empty());
        }

        @Test
        void tellsTheAudiencesItDependsOn() {
            check("inSegment(\"b3\") and not inSegment(\"a1\")").body("dependencies", contains("a1", "b3"));
        }

        @Test
        void refersToAudiencesThatExist() {
            check("inSegment(\"b3\") or inSegment(\"60ccea95-1435-4180-97a5-58af4aa285ab\")")
                    .body("valid", equalTo(false))
                    .body("diagnostics.code", contains("PQL2006", "PQL2006"))
                    .body("diagnostics.column", contains(11, 30))
                    .body("diagnostics[0].message", containsString("`b3`"));
            check("segmentMembership.get(\"ups\").get(\"b3\").status = \"realized\"")
                    .body("valid", equalTo(true));
        }

        @Test
        void tellsHowAnAudienceWouldBeEvaluated() {
            check("homeAddress.city = \"Paris\"")
                    .body("evaluationInfo.batch.enabled", equalTo(false))
                    .body("evaluationInfo.continuous.enabled", equalTo(true))
                    .body("evaluationInfo.synchronous.enabled", equalTo(false))
                    .body("evaluationInfo.synchronous.eligible", equalTo(true));
            check("xEvent.exists(eventType = \"purchase\")")
                    .body("evaluationInfo.batch.enabled", equalTo(true))
                    .body("evaluationInfo.continuous.enabled", equalTo(false))
                    .body("evaluationInfo.continuous.eligible", equalTo(false))
                    .body("evaluationInfo.reason", containsString("24 hours"));
        }

        @Test
        void mayHaveWarnings() {
            check("homeAddress.city != \"Paris\"")
                    .body("valid", equalTo(true))
                    .body("diagnostics.severity", everyItem(equalTo("warning")))
                    .body("diagnostics.code", hasItem("PQL5002"));
        }

        @Test
        void mayComputeAnythingForThePurposeValue() {
            given().contentType(ContentType.JSON)
                    .body(Map.of(
                            "expression", Map.of("value", "xEvent.sum(commerce.order.priceTotal)"), "purpose", "value"))
                    .post("/data/core/ups/pql/check")
                    .then()
                    .statusCode(200)
                    .body("valid", equalTo(true))
                    .body("resultType", equalTo("Double"));
        }

        @Test
        void mayHaveFurtherInputs() {
            given().contentType(ContentType.JSON)
                    .body(Map.of(
                            "expression", Map.of("value", "offer.rank.priority > $2.limit"),
                            "inputs", List.of("offer")))
                    .post("/data/core/ups/pql/check")
                    .then()
                    .statusCode(200)
                    .body("valid", equalTo(true));
        }
    }

    @Nested
    class InvalidExpression {

        @Test
        void isAnAnswerAndNotAFailure() {
            check("person.name.firstName.startWith(\"Jo\")")
                    .body("valid", equalTo(false))
                    .body("diagnostics", org.hamcrest.Matchers.hasSize(1))
                    .body("diagnostics[0].code", equalTo("PQL2002"))
                    .body("diagnostics[0].severity", equalTo("error"))
                    .body("diagnostics[0].line", equalTo(1))
                    .body("diagnostics[0].column", equalTo(23))
                    .body("diagnostics[0].offset", equalTo(22))
                    .body("diagnostics[0].length", equalTo(9))
                    .body("diagnostics[0].suggestion", equalTo("startsWith"))
                    .body("diagnostics[0].rendered", containsString("""
                                      person.name.firstName.startWith("Jo")
                                                            ^^^^^^^^^\
                                    """));
        }

        @Test
        void isReportedWithAllItsErrors() {
            check("person.name.firstName.startWith(\"Jo\")\nand ^^^.x = 1")
                    .body("diagnostics.code", contains("PQL2002", "PQL2004"))
                    .body("diagnostics.line", contains(1, 2));
        }

        @Test
        void hasNoCanonicalTextWhenItCannotBeRead() {
            check("homeAddress.city =").body("valid", equalTo(false)).body("normalized", nullValue());
        }

        @Test
        void isAValueWhereASegmentIsWanted() {
            check("xEvent.count()").body("valid", equalTo(false)).body("diagnostics.code", hasItem("PQL3004"));
        }

        @Test
        void hasItsPlacesInTheJsonOfATree() {
            String tree = """
                    {"nodeType": "fnApply", "fnName": "startWith", "params": [
                      {"nodeType": "fieldLookup", "fieldName": "city"},
                      {"nodeType": "literal", "literalType": "String", "value": "P"}]}
                    """;
            check("pql/json", tree)
                    .body("valid", equalTo(false))
                    .body("diagnostics[0].code", equalTo("PQL2002"))
                    .body("diagnostics[0].offset", equalTo(tree.indexOf("startWith")))
                    .body("normalized", equalTo("city.startWith(\"P\")"));
        }

        @Test
        void mayBeNoTreeAtAll() {
            check("pql/json", "{\"nodeType\": ").body("diagnostics.code", contains("PQL6001"));
            check("pql/json", "{\"nodeType\": \"fnAply\"}")
                    .body("diagnostics.code", contains("PQL6003"))
                    .body("diagnostics.suggestion", contains("fnApply"));
        }
    }

    @Nested
    class Limits {

        @Test
        void onLength() {
            check("a = \"" + "x".repeat(65_536) + "\"").body("diagnostics.code", contains("PQL1009"));
        }

        @Test
        void onDepth() {
            check("(".repeat(1_000) + "a" + ")".repeat(1_000)).body("diagnostics.code", contains("PQL1010"));
            check("pql/json", "{\"nodeType\":\"fnApply\",\"fnName\":\"not\",\"params\":[".repeat(2_000))
                    .body("diagnostics.code", not(empty()));
        }

        @Test
        void onItemsOfAList() {
            check("a in [" + "1,".repeat(10_000) + "1]").body("diagnostics.code", contains("PQL1011"));
        }

        @Test
        void onTheNumberOfDiagnostics() {
            check("a.f() or ".repeat(1_000) + "b").body("diagnostics", org.hamcrest.Matchers.hasSize(200));
        }

        @Test
        void areFarFromWhatPeopleWrite() {
            check("(".repeat(150) + "a = 1" + ")".repeat(150)).body("valid", equalTo(true));
            check("a" + ".b".repeat(300)).body("valid", equalTo(true));
            check("a = 1" + " or a = 1".repeat(5_000)).body("valid", equalTo(true));
        }
    }

    @Nested
    class InvalidRequest {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        []                                                          | object
                        "a = 1"                                                     | object
                        {}                                                          | `expression`
                        {"expression": "a = 1"}                                     | `expression`
                        {"expression": {"type": "PQL", "format": "pql/text"}}       | `expression.value`
                        {"expression": {"value": 5}}                                | `expression.value`
                        {"expression": {"type": "ARL", "value": "a"}}               | `expression.type`
                        {"expression": {"format": "pql/xml", "value": "a"}}         | `expression.format`
                        {"expression": {"value": "a"}, "purpose": "fun"}            | `purpose`
                        {"expression": {"value": "a"}, "inputs": [""]}              | `inputs`
                        {"expression": {"value": "a"}, "inputs": ["b", "b"]}        | `inputs`
                        {"expression": {"value": "a\\u0000"}}                       | `expression.value`
                        {"expression": {"value": "a = \\"\\ud800\\""}}              | `expression.value`
                        """, quoteCharacter = '\u0001')
        void namesWhatIsWrong(String body, String named) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/data/core/ups/pql/check")
                    .then()
                    .statusCode(400)
                    .body("errors.'400'[0].message", containsString(named));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "{\"expression\": {\"value\": \"a\", \"value\": \"b\"}}", "{} {}"})
        void isNotJson(String body) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/data/core/ups/pql/check")
                    .then()
                    .statusCode(400);
        }
    }

    private static ValidatableResponse check(String text) {
        return check("pql/text", text);
    }

    private static ValidatableResponse check(String format, String value) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("expression", Map.of("type", "PQL", "format", format, "value", value)))
                .post("/data/core/ups/pql/check")
                .then()
                .statusCode(200);
    }
}
