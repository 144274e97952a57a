package dev.pequel.expression;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /data/core/ups/pql/evaluate}: try an expression on a profile. */
@QuarkusTest
class EvaluateExpressionTest {

    @Test
    void computesAValue() {
        evaluate("""
                        {"expression": {"type": "PQL", "format": "pql/text", "value": "person.orders.sum(price)"},
                         "profile": {"person": {"orders": [{"price": 10.0}, {"price": 25.5}]}}}
                        """).body("value", equalTo(35.5f)).body("resultType", equalTo("Number"));
    }

    @Test
    void tellsWhetherTheProfileIsInASegment() {
        String request = """
                {"purpose": "segment", "now": "%s",
                 "expression": {"value": "xEvent[timestamp occurs < 7 days before now]"},
                 "profile": {"xEvent": [{"timestamp": "2018-08-26T12:00:00Z", "eventType": "purchase"}]}}
                """;
        evaluate(request.formatted("2018-08-28T10:00:00Z"))
                .body("value", equalTo(true))
                .body("resultType", equalTo("Boolean"));
        evaluate(request.formatted("2018-10-28T10:00:00Z")).body("value", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    firstName                          | "John"
                    missing.field                      | null
                    scores                             | [5, -2, 9]
                    scores.max()                       | 9
                    scores.average()                   | 4.0
                    homeAddress                        | {"city": "San Jose", "open": true}
                    homeAddress.open                   | true
                    date(2018, 2, 28)                  | "2018-02-28T00:00:00Z"
                    now                                | "2018-08-28T10:00:00Z"
                    xEvent.map({"t": eventType})       | [{"t": "view"}, {}]
                    "\\u00e9 \\uD83D\\uDE00"           | "\u00e9 \uD83D\uDE00"
                    1 / 4                              | 0.25
                    9223372036854775807 + 1            | 9.223372036854775807E18
                    """)
    void answersWithAnyJson(String expression, String expected) {
        String body = evaluate("""
                        {"expression": {"value": %s}, "now": "2018-08-28T10:00:00Z",
                         "profile": {"firstName": "John", "scores": [5, -2, 9],
                          "homeAddress": {"city": "San Jose", "open": true},
                          "xEvent": [{"timestamp": "2018-08-26T12:00:00Z", "eventType": "view"}, {"timestamp": 1534766400000}]}}
                        """.formatted(quoted(expression))).extract().asString();
        org.junit.jupiter.api.Assertions.assertEquals(
                Json.read(expected), Json.read(body).get("value"));
    }

    @Test
    void takesANumberWithoutFractionForAWholeOne() {
        evaluate("""
                {"expression": {"value": "now"}, "profile": {}, "now": 1535450400000.0}
                """).body("value", equalTo("2018-08-28T10:00:00Z"));
    }

    @Test
    void looksUpAudiencesInTheProfile() {
        String request = """
                {"purpose": "segment", "expression": {"value": "inSegment(\\"%s\\")"},
                 "profile": {"segmentMembership": {"ups": {
                  "kept": {"status": "existing"}, "new": {"status": "realized"}, "left": {"status": "exited"}}}}}
                """;
        evaluate(request.formatted("kept")).body("value", equalTo(true));
        evaluate(request.formatted("new")).body("value", equalTo(true));
        evaluate(request.formatted("left")).body("value", equalTo(false));
        evaluate(request.formatted("other")).body("value", equalTo(false));
    }

    @Test
    void takesContextDataAndFurtherInputs() {
        evaluate("""
                        {"expression": {"value":
                          "@{_xdm.context.additionalParameters;version=1}.weather = \\"sunny\\" and offer.zip = homeAddress.postalCode and $2.zip = offer.zip"},
                         "profile": {"homeAddress": {"postalCode": "95110"}},
                         "context": {"_xdm.context.additionalParameters;version=1": {"weather": "sunny"}},
                         "inputs": {"offer": {"zip": "95110"}}}
                        """).body("value", equalTo(true));
    }

    @Test
    void takesATree() {
        evaluate("""
                        {"expression": {"format": "pql/json", "value":
                          "{\\"nodeType\\":\\"fnApply\\",\\"fnName\\":\\"count\\",\\"params\\":[{\\"nodeType\\":\\"fieldLookup\\",\\"fieldName\\":\\"scores\\",\\"object\\":{\\"nodeType\\":\\"parameterReference\\",\\"position\\":1}}]}"},
                         "profile": {"scores": [1, 2, 3]}}
                        """).body("value", equalTo(3)).body("resultType", equalTo("Integer"));
    }

    @Test
    void usesTheClockWithoutNow() {
        evaluate("{\"expression\": {\"value\": \"now\"}, \"profile\": {}}").body("resultType", equalTo("Timestamp"));
    }

    @Nested
    class Refusals {

        @Test
        void ofAnInvalidExpression() {
            refused("{\"expression\": {\"value\": \"a ==\"}, \"profile\": {}}")
                    .body("diagnostics[0].code", equalTo("PQL1005"))
                    .body("diagnostics[0].rendered", containsString("^^"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                        {"expression": {"value": "a"}}                                              | `profile`
                        {"expression": {"value": "a"}, "profile": null}                             | `profile`
                        {"expression": {"value": "a"}, "profile": []}                               | `profile`
                        {"expression": {"value": "a"}, "profile": "x"}                              | `profile`
                        {"profile": {}}                                                             | `expression`
                        {"expression": {"value": "a"}, "profile": {}, "now": "yesterday"}           | `now`
                        {"expression": {"value": "a"}, "profile": {}, "now": true}                  | `now`
                        {"expression": {"value": "a"}, "profile": {}, "now": "+123456-01-01T00:00:00Z"} | `now`
                        {"expression": {"value": "a"}, "profile": {}, "now": 9223372036854775807}   | `now`
                        {"expression": {"value": "a"}, "profile": {}, "now": 1535450400000.5}       | `now`
                        {"expression": {"value": "a"}, "profile": {}, "context": []}                | `context`
                        {"expression": {"value": "a"}, "profile": {}, "inputs": ["x"]}              | `inputs`
                        {"expression": {"value": "a"}, "profile": {}, "inputs": {"": 1}}            | `inputs`
                        {"expression": {"value": "a"}, "profile": {"a": "\\ud800"}}                 | `profile.a`
                        {"expression": {"value": "a"}, "profile": {"a\\u0000": 1}}                  | `profile`
                        {"expression": {"value": "a"}, "profile": {"a": 1e400}}                     | `profile.a`
                        {"expression": {"value": "a"}, "profile": {"a": 1, "a": 2}}                 | line 1
                        """)
        void nameWhatIsWrong(String body, String named) {
            refused(body).body("errors.'400'[0].message", containsString(named));
        }

        @Test
        void ofAnExpressionThatLooksAtTooMuch() {
            String items = "1,".repeat(400) + "1";
            refused(
                            "{\"expression\": {\"value\": \"(select A from a, B from a, C from a where A + B + C < 0).count()\"},"
                                    + " \"profile\": {\"a\": [" + items + "]}}")
                    .body("errors.'400'[0].message", containsString("combinations"));
        }

        private ValidatableResponse refused(String body) {
            return given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/data/core/ups/pql/evaluate")
                    .then()
                    .statusCode(400);
        }
    }

    @Nested
    class StrangeData {

        @Test
        void deepExpressionsAndDeepProfiles() {
            String deep = "{\"b\":".repeat(150) + "1" + "}".repeat(150);
            evaluate("{\"expression\": {\"value\": \"" + "b.".repeat(149) + "b\"}, \"profile\": " + deep + "}")
                    .body("value", equalTo(1));
            evaluate("{\"expression\": {\"value\": \"" + "not ".repeat(190) + "a\"}, \"profile\": {\"a\": 1}}")
                    .body("value", equalTo(true));
            evaluate("{\"expression\": {\"value\": \"1" + " + 1".repeat(400) + "\"}, \"profile\": {}}")
                    .body("value", equalTo(401));
        }

        @Test
        void hugeNumbers() {
            evaluate("{\"expression\": {\"value\": \"a\"}, \"profile\": {\"a\": 123456789012345678901234567890}}")
                    .body("value", equalTo(1.2345679e29f));
        }

        @Test
        void anEmptyProfile() {
            evaluate("{\"expression\": {\"value\": \"xEvent.head()\"}, \"profile\": {}}")
                    .body("value", nullValue());
            evaluate("{\"expression\": {\"value\": \"this.isNull()\"}, \"profile\": {}, \"purpose\": \"value\"}", 400)
                    .body("diagnostics.code", contains("PQL2005"));
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static ValidatableResponse evaluate(String body) {
        return evaluate(body, 200);
    }

    private static ValidatableResponse evaluate(String body, int status) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/data/core/ups/pql/evaluate")
                .then()
                .statusCode(status);
    }
}
