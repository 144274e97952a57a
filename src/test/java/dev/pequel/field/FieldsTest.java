package dev.pequel.field;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /config/fields} and {@code GET /config/fields/values}. */
@QuarkusTest
class FieldsTest {

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @Test
    void fieldsHaveTypesAndNumbersOfProfiles() {
        sandbox.profiles("""
                {"homeAddress": {"city": "Roma", "floor": 1}, "tags": ["a"], "identityMap": {"crmid": [{"id": "C1"}]}}
                {"homeAddress": {"city": "Oslo"}, "rank": 1.5, "identityMap": {"crmid": [{"id": "C2"}]}}
                {"homeAddress": {"floor": "top"}, "vip": true, "identityMap": {"crmid": [{"id": "C3"}]}}
                """);

        fields("homeAddress.c", 500)
                .body("profiles", equalTo(3))
                .body(
                        "fields",
                        hasItems(
                                field("homeAddress.city", "String", 2, true),
                                field("homeAddress.country", "String", 0, true)));
        fields("homeAddress.f", 500).body("fields", contains(field("homeAddress.floor", "Any", 2, false)));
        fields("homeAddress", 1).body("fields", contains(field("homeAddress", "Object", 3, true)));
        fields("rank", 500).body("fields", contains(field("rank", "Double", 1, false)));
        fields("tags", 500).body("fields", contains(field("tags", "List[String]", 1, false)));
        fields("vip", 500).body("fields", contains(field("vip", "Boolean", 1, false)));
        fields("identityMap", 500).body("total", equalTo(1)).body("fields.profiles", contains(3));
    }

    @Test
    void fieldsOfEventsAreCountedByProfiles() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Roma");
        sandbox.events("C1", 20);

        fields("xevent.n", 500).body("fields", contains(field("xEvent.n", "List[Integer]", 1, false)));
        fields("xEvent.eventType", 500).body("fields", contains(field("xEvent.eventType", "List[String]", 0, true)));
    }

    @Test
    void pathsAreAsTheyAreWrittenInExpressions() {
        sandbox.profiles("""
                {"order-total": {"from": 1}, "from": {"a b": 1}, "identityMap": {"crmid": [{"id": "C1"}]}}
                """);

        fields("`", 500).body("fields.path", contains("`from`", "`from`.`a b`", "`order-total`", "`order-total`.from"));
        sandbox.request()
                .body("{\"expressions\": [{\"value\": \"`order-total`.from = `from`.`a b`\"}]}")
                .post(BASE + "/pql/count")
                .then()
                .body("counts[0].totalProfiles", equalTo(1));
    }

    /** By their paths, and the total says how many there are. */
    @Test
    void aLimitCutsTheList() {
        List<String> all = fields("homeAddress", 500).extract().path("fields.path");
        assertEquals(all.stream().sorted().toList(), all);

        fields("homeAddress", 2).body("total", equalTo(all.size())).body("fields.path", equalTo(all.subList(0, 2)));
        sandbox.request().get(BASE + "/config/fields").then().statusCode(200).body("fields", hasSize(50));
    }

    @Test
    void aStoredSchemaTakesThePlaceOfTheBuiltInOne() {
        sandbox.profile("C1", "Roma");
        sandbox.request()
                .body("{\"type\": \"object\", \"properties\": {\"shoeSize\": {\"type\": \"integer\"}}}")
                .put(BASE + "/config/schema")
                .then()
                .statusCode(200);

        fields("shoe", 500).body("fields", contains(field("shoeSize", "Integer", 0, true)));
        fields("homeAddress", 500)
                .body(
                        "fields",
                        contains(
                                field("homeAddress", "Object", 1, false),
                                field("homeAddress.city", "String", 1, false)));
    }

    @Test
    void changesAndDeletionsCount() {
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Roma");
        fields("homeAddress.city", 500).body("fields.profiles", contains(2));

        sandbox.profile("C1", "Oslo");
        sandbox.profile("C3", "Oslo");
        sandbox.deleteProfile("C2");

        fields("homeAddress.city", 500).body("fields.profiles", contains(2));
        values("homeAddress.city", "").body("values", contains(value("Oslo", 2)));
    }

    @Test
    void valuesAreListedByFrequency() {
        sandbox.profiles("""
                {"country": "US", "identityMap": {"crmid": [{"id": "C1"}]}}
                {"country": "CA", "identityMap": {"crmid": [{"id": "C2"}]}}
                {"country": "US", "identityMap": {"crmid": [{"id": "C3"}]}}
                {"country": "Cuba", "identityMap": {"crmid": [{"id": "C4"}]}}
                {"country": 7, "identityMap": {"crmid": [{"id": "C5"}]}}
                """);

        values("country", "")
                .body("path", equalTo("country"))
                .body("total", equalTo(3))
                .body("values", contains(value("US", 2), value("CA", 1), value("Cuba", 1)));
        values("country", "c").body("values.value", contains("CA", "Cuba"));
        sandbox.request()
                .queryParam("path", "country")
                .queryParam("limit", 1)
                .get(BASE + "/config/fields/values")
                .then()
                .body("total", equalTo(3))
                .body("values", contains(value("US", 2)));
    }

    @Test
    void aValueInSeveralItemsOfAProfileCountsOnce() {
        sandbox.profiles("""
                {"tags": ["a", "b", "a"], "orders": [{"state": "open"}, {"state": "open"}], "identityMap": {"crmid": [{"id": "C1"}]}}
                {"tags": ["b"], "orders": [{"state": ["sent", "open"]}], "identityMap": {"crmid": [{"id": "C2"}]}}
                """);

        values("tags", "").body("values", contains(value("b", 2), value("a", 1)));
        values("orders.state", "").body("values", contains(value("open", 2), value("sent", 1)));
    }

    @Test
    void onlyStringsAreListed() {
        sandbox.profiles("{\"n\": 1, \"o\": {\"p\": \"x\"}, \"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}");

        values("n", "").body("values", empty()).body("total", equalTo(0));
        values("o", "").body("values", empty());
        values("person.name.firstName", "").body("values", empty());
        sandbox.request()
                .queryParam("path", "nothing")
                .get(BASE + "/config/fields/values")
                .then()
                .statusCode(404)
                .body("errors.'404'[0].message", containsString("nothing"));
    }

    @Test
    void longValuesAreLeftOut() {
        sandbox.profiles("{\"text\": \"" + "x".repeat(1025) + "\", \"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}\n"
                + "{\"text\": \"" + "x".repeat(1024) + "\", \"identityMap\": {\"crmid\": [{\"id\": \"C2\"}]}}");

        values("text", "").body("values", contains(value("x".repeat(1024), 1)));
    }

    @Test
    void aFieldWithTooManyValuesIsRefused() {
        sandbox.profiles(IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "{\"key\": \"k%1$d\", \"identityMap\": {\"crmid\": [{\"id\": \"C%1$d\"}]}}".formatted(i))
                .collect(Collectors.joining("\n")));

        sandbox.request()
                .queryParam("path", "key")
                .get(BASE + "/config/fields/values")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("10001 distinct values"));
    }

    @Test
    void aSandboxWithoutProfilesHasTheFieldsOfItsSchema() {
        fields("person.", 500)
                .body("profiles", equalTo(0))
                .body("fields.profiles", not(hasItem(not(0))))
                .body("fields.path", hasItem("person.name.firstName"));
    }

    @ParameterizedTest
    @CsvSource({
        "/config/fields?limit=0, limit",
        "/config/fields?limit=501, limit",
        "/config/fields?limit=x, limit",
        "/config/fields/values, path",
        "/config/fields/values?path=&prefix=a, path",
        "/config/fields/values?path=person&limit=501, limit"
    })
    void aMalformedRequestIsRefused(String address, String parameter) {
        sandbox.request()
                .get(BASE + address)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + parameter + "`"));
    }

    private static Map<String, Object> field(String path, String type, int profiles, boolean inSchema) {
        return Map.of("path", path, "type", type, "profiles", profiles, "inSchema", inSchema);
    }

    private static Map<String, Object> value(String value, int profiles) {
        return Map.of("value", value, "profiles", profiles);
    }

    private ValidatableResponse fields(String prefix, int limit) {
        return sandbox.request()
                .queryParam("prefix", prefix)
                .queryParam("limit", limit)
                .get(BASE + "/config/fields")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse values(String path, String prefix) {
        return sandbox.request()
                .queryParam("path", path)
                .queryParam("prefix", prefix)
                .get(BASE + "/config/fields/values")
                .then()
                .statusCode(200);
    }
}
