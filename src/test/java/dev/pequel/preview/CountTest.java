package dev.pequel.preview;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /pql/count}: how many profiles an expression selects, and each condition within it. */
@QuarkusTest
class CountTest {

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @BeforeEach
    void importProfiles() {
        sandbox.profiles("""
                {"country": "US", "points": 100, "identityMap": {"crmid": [{"id": "C1"}], "Email": [{"id": "ann@example.com"}]}}
                {"country": "US", "points": 200, "identityMap": {"crmid": [{"id": "C2"}]}}
                {"country": "US", "points": 300, "identityMap": {"crmid": [{"id": "C3"}], "Email": [{"id": "cid@example.com"}]}}
                {"country": "CA", "points": 300, "identityMap": {"crmid": [{"id": "C4"}]}}
                {"country": "CA", "identityMap": {"crmid": [{"id": "C5"}]}}
                """);
    }

    @Test
    void expressionsAreCountedAsTheMetricsOfAnAudienceAre() {
        String expression = "country = \"US\" and points < 250";

        count(Map.of("expressions", List.of(value(expression), value("points > 1000"))))
                .body("profiles", equalTo(5))
                .body("counts", hasSize(2))
                .body("counts[0].valid", equalTo(true))
                .body("counts[0].diagnostics", empty())
                .body("counts[0].totalProfiles", equalTo(2))
                .body("counts[0].totalProfilesByNamespace", equalTo(Map.of("crmid", 2, "email", 1)))
                .body("counts[1].totalProfiles", equalTo(0))
                .body("counts[1].totalProfilesByNamespace", aMapWithSize(0))
                .body("counts[0].parts", nullValue())
                .body("counts[0].comparison", nullValue())
                .body("comparedWith", nullValue());
        assertEquals(
                Map.of("crmid", 2, "email", 1),
                sandbox.withMetrics(sandbox.define(expression)).getMap("metrics.data.totalProfilesByNamespace"));
    }

    @Test
    void eachConditionIsCountedWithItsPlace() {
        String text = "country = \"US\"\nand (points > 250 or not points > 150)";

        ValidatableResponse answer = count(Map.of("expressions", List.of(value(text)), "parts", true))
                .body("counts[0].totalProfiles", equalTo(2))
                .body("counts[0].expression", equalTo(text))
                .body("counts[0].parts.totalProfiles", contains(2, 3, 4, 2, 2, 3))
                .body(
                        "counts[0].parts[1]",
                        equalTo(Map.of("line", 1, "column", 1, "offset", 0, "length", 14, "totalProfiles", 3)))
                .body("counts[0].parts[3].line", equalTo(2))
                .body("counts[0].parts[3].column", equalTo(6));
        List<Map<String, Integer>> parts = answer.extract().path("counts[0].parts");
        assertEquals(
                List.of(
                        text,
                        "country = \"US\"",
                        "points > 250 or not points > 150",
                        "points > 250",
                        "not points > 150",
                        "points > 150"),
                parts.stream()
                        .map(part -> text.substring(part.get("offset"), part.get("offset") + part.get("length")))
                        .toList());
    }

    /** The places of a tree's parts are those in the text that it means. */
    @Test
    void partsOfATreeHavePlacesInItsText() {
        String tree = sandbox.request()
                .body(Map.of(
                        "name", "A",
                        "schema", Map.of("name", "_xdm.context.profile"),
                        "expression",
                                Map.of(
                                        "type",
                                        "PQL",
                                        "format",
                                        "pql/text",
                                        "value",
                                        "points > 250 and country = \"US\"")))
                .post(BASE + "/segment/conversion")
                .then()
                .statusCode(200)
                .extract()
                .path("expression.value");

        count(Map.of("expressions", List.of(Map.of("format", "pql/json", "value", tree)), "parts", true))
                .body("counts[0].expression", equalTo("points > 250 and country = \"US\""))
                .body("counts[0].parts.offset", contains(0, 0, 17))
                .body("counts[0].parts.totalProfiles", contains(1, 2, 3));
    }

    @Test
    void aWrongExpressionHasItsProblemsAndTheOthersAreCounted() {
        String unknown = UUID.randomUUID().toString();

        count(Map.of(
                        "expressions",
                        List.of(
                                value("country == \"US\""),
                                value("country = \"US\""),
                                value("inSegment(\"" + unknown + "\")")),
                        "parts",
                        true))
                .body("counts.valid", contains(false, true, false))
                .body("counts[0].diagnostics[0].code", equalTo("PQL1005"))
                .body("counts[0].diagnostics[0].suggestion", equalTo("="))
                .body("counts[0].diagnostics[0].offset", equalTo(8))
                .body("counts[0].totalProfiles", nullValue())
                .body("counts[0].parts", nullValue())
                .body("counts[1].totalProfiles", equalTo(3))
                .body("counts[2].diagnostics.code", contains("PQL2006"));
    }

    @Test
    void warningsComeWithTheNumber() {
        count(Map.of("expressions", List.of(value("country != \"US\""))))
                .body("counts[0].valid", equalTo(true))
                .body("counts[0].diagnostics.code", hasItem("PQL5002"))
                .body("counts[0].totalProfiles", equalTo(2));
    }

    @Test
    void anExpressionIsComparedWithAnotherOne() {
        count(Map.of(
                        "expressions", List.of(value("points > 150"), value("points > 1 2")),
                        "compareWith", Map.of("expression", value("country = \"US\""))))
                .body("counts[0].comparison", equalTo(Map.of("entering", 1, "leaving", 1, "staying", 2)))
                .body("counts[1].comparison", nullValue())
                .body("comparedWith.valid", equalTo(true))
                .body("comparedWith.totalProfiles", equalTo(3))
                .body("comparedWith.totalProfilesByNamespace.email", equalTo(2));
    }

    @Test
    void withoutANumberToCompareWithThereIsNoComparison() {
        count(Map.of(
                        "expressions", List.of(value("points > 150")),
                        "compareWith", Map.of("expression", value("country ="))))
                .body("counts[0].totalProfiles", equalTo(3))
                .body("counts[0].comparison", nullValue())
                .body("comparedWith.valid", equalTo(false))
                .body("comparedWith.diagnostics[0].severity", equalTo("error"));
    }

    @Test
    void anExpressionIsComparedWithAnAudience() {
        String audience = sandbox.define("country = \"US\"");

        count(Map.of(
                        "expressions", List.of(value("inSegment(\"" + audience + "\") and points < 250")),
                        "compareWith", Map.of("audienceId", audience)))
                .body("counts[0].totalProfiles", equalTo(2))
                .body("counts[0].comparison", equalTo(Map.of("entering", 0, "leaving", 1, "staying", 2)))
                .body("comparedWith.totalProfiles", equalTo(3));
    }

    /** Not only those who were members when it was evaluated last. */
    @Test
    void anAudienceIsComparedOverThePresentProfiles() {
        String audience = sandbox.define("country = \"US\"");
        sandbox.evaluateAll();
        sandbox.profiles("{\"country\": \"US\", \"identityMap\": {\"crmid\": [{\"id\": \"C6\"}]}}");

        count(Map.of(
                        "expressions", List.of(value("country = \"US\"")),
                        "compareWith", Map.of("audienceId", audience)))
                .body("counts[0].comparison", equalTo(Map.of("entering", 0, "leaving", 0, "staying", 4)));
    }

    @Test
    void anExternalAudienceIsComparedByItsList() {
        String audience = sandbox.external("list");
        sandbox.listMembers(audience, "application/x-ndjson", "{\"namespace\": \"crmid\", \"id\": \"C5\"}")
                .statusCode(200);

        count(Map.of(
                        "expressions",
                        List.of(value("points > 250"), value("inSegment(\"" + audience + "\")")),
                        "compareWith",
                        Map.of("audienceId", audience)))
                .body("counts[0].comparison", equalTo(Map.of("entering", 2, "leaving", 1, "staying", 0)))
                .body("counts[1].comparison", equalTo(Map.of("entering", 0, "leaving", 0, "staying", 1)));
    }

    @Test
    void anAudienceThatDoesNotExistIsNotFound() {
        post(Map.of(
                        "expressions", List.of(value("points > 150")),
                        "compareWith", Map.of("audienceId", UUID.randomUUID())))
                .statusCode(404);
    }

    /** The condition before it keeps the whole from looking at the profile that has too many events. */
    @Test
    void whatCannotBeEvaluatedHasNoNumber() {
        sandbox.events("C5", 300);
        String combinations = "(exists A from xEvent, B from xEvent, C from xEvent where A.n + B.n + C.n = 0)";

        count(Map.of(
                        "expressions",
                        List.of(value(combinations), value("points > 1 and " + combinations), value("points > 150")),
                        "parts",
                        true))
                .body("counts[0].valid", equalTo(true))
                .body("counts[0].totalProfiles", nullValue())
                .body("counts[0].countError", containsString("combinations"))
                .body("counts[0].parts[0].totalProfiles", nullValue())
                .body("counts[1].totalProfiles", equalTo(0))
                .body("counts[1].countError", nullValue())
                .body("counts[1].parts.totalProfiles", contains(0, 4, null))
                .body("counts[2].totalProfiles", equalTo(3));
    }

    @Test
    void moreConditionsThanAreEvaluatedTogetherAreCounted() {
        String audience = sandbox.define("country = \"CA\"");
        String text = "inSegment(\"" + audience + "\")"
                + IntStream.range(0, 150).mapToObj(i -> " or points = " + i).collect(Collectors.joining());

        List<Integer> numbers = count(Map.of("expressions", List.of(value(text)), "parts", true))
                .extract()
                .path("counts[0].parts.totalProfiles");

        assertEquals(152, numbers.size());
        assertEquals(List.of(3, 2), numbers.subList(0, 2));
        assertEquals(1, numbers.get(102));
        assertEquals(3, numbers.stream().skip(1).mapToInt(Integer::intValue).sum());
    }

    @Test
    void aSandboxWithoutAnythingHasNobodyAndStaysAway() {
        PopulatedSandbox nothing = PopulatedSandbox.fresh();

        nothing.request()
                .body(Map.of(
                        "expressions", List.of(value("a = 1 and b = 2")),
                        "parts", true,
                        "compareWith", Map.of("expression", value("a = 1"))))
                .post(BASE + "/pql/count")
                .then()
                .statusCode(200)
                .body("profiles", equalTo(0))
                .body("counts[0].parts.totalProfiles", contains(0, 0, 0))
                .body("counts[0].comparison.staying", equalTo(0));
        nothing.request().get(BASE + "/config/schedules").then().body("children", hasSize(0));
    }

    @Test
    void nothingIsRecorded() {
        count(Map.of("expressions", List.of(value("points > 150"))));

        sandbox.request()
                .get(BASE + "/audit/events")
                .then()
                .statusCode(200)
                .body("children.findAll { it.subject != 'import' }", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                       | expressions
            {"expressions": []}                                                      | expressions
            {"expressions": "a = 1"}                                                 | expressions
            {"expressions": ["a = 1"]}                                               | expressions[0]
            {"expressions": [{"value": "a"}, {"value": 1}]}                          | expressions[1].value
            {"expressions": [{"value": "a", "format": "sql"}]}                       | expressions[0].format
            {"expressions": [{"value": "a"}], "parts": "yes"}                        | parts
            {"expressions": [{"value": "a"}], "compareWith": "a"}                    | compareWith
            {"expressions": [{"value": "a"}], "compareWith": {}}                     | compareWith.expression
            {"expressions": [{"value": "a"}], "compareWith": {"audienceId": "x"}}    | compareWith.audienceId
            {"expressions": [{"value": "a"}], "compareWith": {"expression": {}}}     | compareWith.expression.value
            """)
    void aMalformedRequestIsRefused(String body, String field) {
        sandbox.request()
                .body(body)
                .post(BASE + "/pql/count")
                .then()
                .statusCode(400)
                .body("errors.'400'.message", hasItem(containsString("`" + field + "`")));
    }

    @Test
    void expressionsAndPartsAreLimited() {
        post(Map.of(
                        "expressions",
                        IntStream.range(0, 11).mapToObj(i -> value("a = " + i)).toList()))
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("expressions"));
        String many = IntStream.range(0, 500).mapToObj(i -> "a = " + i).collect(Collectors.joining(" or "));
        post(Map.of("expressions", List.of(value(many)), "parts", true))
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("501 parts"));
        count(Map.of("expressions", List.of(value(many)))).body("counts[0].valid", not(equalTo(false)));
    }

    private static Map<String, String> value(String expression) {
        return Map.of("value", expression);
    }

    private ValidatableResponse count(Map<String, ?> body) {
        return post(body).statusCode(200);
    }

    private ValidatableResponse post(Map<String, ?> body) {
        return sandbox.request()
                .contentType(ContentType.JSON)
                .body(body)
                .post(BASE + "/pql/count")
                .then();
    }
}
