package dev.pequel.field;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Warnings of {@code POST /pql/check} that follow from the data: PQL5016 and PQL5017. */
@QuarkusTest
class DataWarningsTest {

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @BeforeEach
    void importProfiles() {
        sandbox.profiles("""
                {"country": "Norway", "n": 1, "birth": "1990-05-14T00:00:00Z", "tags": ["red", "blue"], "empty": [],
                """.strip() + """
                 "orders": [{"state": "sent", "price": 5}], "identityMap": {"crmid": [{"id": "C1"}]}}
                """);
        sandbox.request()
                .contentType("application/x-ndjson")
                .body("""
                {"_id": "E1", "timestamp": 1, "eventType": "commerce.purchases", "identityMap": {"crmid": [{"id": "C1"}]}}
                """.getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/events/import")
                .then()
                .statusCode(200);
        sandbox.request().get(BASE + "/config/fields").then().statusCode(200);
    }

    @Test
    void aFieldThatNobodyHas() {
        assertEquals(List.of("PQL5016 homeAddress.city"), warnings("homeAddress.city = \"Oslo\" and n = 1"));
        assertEquals(List.of("PQL5016 orders.colour"), warnings("orders[colour = \"red\" and price > 1].count() > 0"));
        assertEquals(List.of("PQL5016 orders.colour"), warnings("exists O from orders where O.colour = \"red\""));
        assertEquals(List.of("PQL5016 returns"), warnings("exists R from returns where R.state = \"sent\""));
        assertEquals(List.of("PQL5016 person.birthDate"), warnings("person.birthDate occurs before now"));
        assertEquals(List.of(), warnings("empty.count() = 0 and birth occurs before now and tags.count() > 1"));
    }

    @Test
    void aStringThatNeverOccurs() {
        assertEquals(List.of("PQL5017 \"Norwya\" -> \"Norway\""), warnings("country = \"Norwya\""));
        assertEquals(List.of("PQL5017 \"Norwya\" -> \"Norway\""), warnings("\"Norwya\" = country"));
        assertEquals(List.of("PQL5017 \"Xyz\""), warnings("country in [\"Norway\", \"Xyz\"]"));
        assertEquals(List.of("PQL5017 \"rad\" -> \"red\""), warnings("\"rad\" in tags"));
        assertEquals(List.of("PQL5017 \"snt\" -> \"sent\""), warnings("orders[state = \"snt\"].count() > 0"));
        assertEquals(List.of("PQL5017 \"Norwegen\""), warnings("country.equals(\"Norway\", \"Norwegen\")"));
        assertEquals(List.of(), warnings("country = \"Norway\" and \"blue\" in tags and country.startsWith(\"Nrw\")"));
    }

    @Test
    void theNearestStringMayContainIt() {
        assertEquals(
                List.of("PQL5017 \"purchase\" -> \"commerce.purchases\""),
                warnings("xEvent.exists(eventType = \"purchase\" and timestamp occurs < 7 days before now)"));
    }

    /** Numbers and timestamps are not in dictionaries; memberships are not in the data at all. */
    @Test
    void onlyStringsAreLookedFor() {
        assertEquals(List.of(), warnings("n = 7 and birth = \"2020-01-01T00:00:00Z\""));
        assertEquals(
                List.of(), warnings("segmentMembership.get(\"ups\").get(\"vip\").status = \"realized\" and n = 1"));
    }

    @Test
    void anExpressionWithErrorsHasOnlyThose() {
        assertEquals(List.of(), warnings("country = \"Norwya\" and"));
    }

    @Test
    void withoutProfilesThereIsNothingToSay() {
        PopulatedSandbox nothing = PopulatedSandbox.fresh();
        nothing.request().get(BASE + "/config/fields").then().statusCode(200);

        assertEquals(List.of(), warnings(nothing, "homeAddress.city = \"Oslo\""));
    }

    /** The expression of a warning stays valid. */
    @Test
    void aWarningRefusesNothing() {
        check(sandbox, "country = \"Norwya\"").body("valid", equalTo(true));
        sandbox.define("country = \"Norwya\"");
    }

    private List<String> warnings(String expression) {
        return warnings(sandbox, expression);
    }

    /** The warnings from the data, each with its place in the expression and its suggestion. */
    private static List<String> warnings(PopulatedSandbox of, String expression) {
        List<Map<String, Object>> diagnostics =
                check(of, expression).extract().path("diagnostics.findAll { it.code in ['PQL5016', 'PQL5017'] }");
        return diagnostics.stream()
                .map(found -> {
                    int offset = (int) found.get("offset");
                    String place = expression.substring(offset, offset + (int) found.get("length"));
                    String path = found.get("message").toString().replaceAll(".*the field `(.*)`\\.", "$1");
                    return found.get("code") + " "
                            + (found.get("code").equals("PQL5016") ? path : place)
                            + (found.containsKey("suggestion") ? " -> " + found.get("suggestion") : "");
                })
                .toList();
    }

    private static ValidatableResponse check(PopulatedSandbox of, String expression) {
        return of.request()
                .body(Map.of("expression", Map.of("value", expression)))
                .post(BASE + "/pql/check")
                .then()
                .statusCode(200);
    }
}
