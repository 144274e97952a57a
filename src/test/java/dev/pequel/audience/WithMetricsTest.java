package dev.pequel.audience;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "With metrics", for lists and for single audiences. */
@QuarkusTest
class WithMetricsTest {

    private static final String US = "homeAddress.countryCode = \"US\"";
    private static final String CA = "homeAddress.countryCode = \"CA\"";

    private final TestSandbox sandbox = TestSandbox.fresh();

    /** Ten profiles with an e-mail address, of which seven live in the United States, and five have a customer number. */
    @BeforeEach
    void importProfiles() {
        String profiles = IntStream.range(0, 10)
                .mapToObj(i ->
                        "{\"homeAddress\": {\"countryCode\": \"%s\"}, \"identityMap\": {%s\"email\": [{\"id\": \"p%d@example.com\"}]}}"
                                .formatted(
                                        i < 7 ? "US" : "CA",
                                        i % 2 == 0 ? "\"crmid\": [{\"id\": \"C%d\"}], ".formatted(i) : "",
                                        i))
                .collect(Collectors.joining("\n"));
        sandbox.request()
                .contentType("application/x-ndjson")
                .body(profiles.getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200)
                .body("metrics.created", equalTo(10));
    }

    @Test
    void metricsAreThoseOfTheSample() {
        String id = sandbox.define("A", US);

        JsonPath audience = list("property", "withMetrics==true").extract().jsonPath();

        Map<String, Object> metrics = audience.getMap("children[0].metrics");
        assertEquals(
                List.of("type", "jobId", "id", "imsOrgId", "sandbox", "data", "createEpoch", "updateEpoch"),
                List.copyOf(metrics.keySet()));
        assertEquals(true, List.of("export", "batch_segmentation").contains(metrics.get("type")));
        assertEquals(id, metrics.get("id"));
        assertEquals(sandbox.organization(), metrics.get("imsOrgId"));
        assertEquals(audience.getMap("children[0].sandbox"), metrics.get("sandbox"));
        assertEquals(
                Map.of(
                        "totalProfiles", 7,
                        "totalProfilesByNamespace", Map.of("crmid", 4, "email", 7),
                        "totalProfilesByStatus", Map.of("realized", 7, "exited", 0)),
                metrics.get("data"));
        assertEquals(audience.getLong("children[0].createEpoch"), ((Number) metrics.get("createEpoch")).longValue());
        List<String> properties =
                List.copyOf(audience.<String, Object>getMap("children[0]").keySet());
        assertEquals("dependencies", properties.get(properties.indexOf("metrics") - 1));
        assertEquals("type", properties.get(properties.indexOf("metrics") + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "property, withMetrics==true",
        "property, withmetrics==true",
        "property, WITHMETRICS==TRUE",
        "withMetrics, true",
        "withmetrics, True"
    })
    void theyAreSwitchedOnInAnyLetterCase(String parameter, String value) {
        String id = sandbox.define("A", US);

        list(parameter, value).body("children[0].metrics.data.totalProfiles", equalTo(7));
        read(id, parameter, value).body("metrics.data.totalProfiles", equalTo(7));
    }

    @ParameterizedTest
    @CsvSource({"property, withMetrics==false", "withMetrics, false", "colour, red"})
    void elseThereAreNone(String parameter, String value) {
        String id = sandbox.define("A", US);

        list(parameter, value).body("children[0]", not(hasKey("metrics")));
        read(id, parameter, value).body("$", not(hasKey("metrics")));
    }

    @Test
    void otherFiltersStillHold() {
        String a = sandbox.define("A", US);
        sandbox.define("B", CA);

        list("property", "withMetrics==true", "property", "name==A", "limit", "5")
                .body("children.id", contains(a))
                .body("children.metrics", everyItem(notNullValue()));
    }

    @Test
    void theyAreThoseOfTheExpressionAsItIsNow() {
        String id = sandbox.define("A", US);
        read(id, "withMetrics", "true").body("metrics.data.totalProfiles", equalTo(7));

        sandbox.patch(
                        id,
                        "[{\"op\": \"replace\", \"path\": \"/expression/value\", \"value\": \"%s\"}]"
                                .formatted(CA.replace("\"", "\\\"")))
                .statusCode(200);
        read(id, "withMetrics", "true").body("metrics.data.totalProfiles", equalTo(3));

        sandbox.put(
                        id,
                        "{\"name\": \"A\", \"expression\": {\"value\": \"%s or %s\"}}"
                                .formatted(US, CA)
                                .replace("\"US\"", "\\\"US\\\"")
                                .replace("\"CA\"", "\\\"CA\\\""))
                .statusCode(200);
        list("withMetrics", "true").body("children.metrics.data.totalProfiles", contains(10));
    }

    @Test
    void theyContainWhatWasImported() {
        String id = sandbox.define("A", US);
        read(id, "withMetrics", "true").body("metrics.data.totalProfiles", equalTo(7));

        sandbox.request()
                .contentType("application/x-ndjson")
                .body(
                        "{\"homeAddress\": {\"countryCode\": \"US\"}, \"identityMap\": {\"email\": [{\"id\": \"new@example.com\"}]}}"
                                .getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200);

        read(id, "withMetrics", "true").body("metrics.data.totalProfiles", equalTo(8));
    }

    @Test
    void anAudienceThatIsReferredToCounts() {
        String a = sandbox.define("A", US);
        String b = sandbox.define("B", "inSegment(\"" + a + "\") and homeAddress.countryCode = \"US\"");
        String c = sandbox.define("C", "not inSegment(\"" + b + "\")");

        read(c, "withMetrics", "true").body("metrics.data.totalProfiles", equalTo(3));
    }

    @Test
    void anExternalAudienceHasThemToo() {
        String id = sandbox.create(Documented.EXTERNAL);

        read(id, "withMetrics", "true").body("metrics.id", equalTo(id)).body("metrics.data.totalProfiles", equalTo(0));
    }

    @Test
    void audiencesAreSortedByThem() {
        String us = sandbox.define("US", US);
        String all = sandbox.define("All", "homeAddress.countryCode in [\"US\", \"CA\"]");
        String ca = sandbox.define("CA", CA);
        String alsoUs = sandbox.define("Also US", US);
        String nobody = sandbox.create(Documented.EXTERNAL);

        list("sort", "totalProfiles:desc").body("children.id", contains(all, alsoUs, us, ca, nobody));
        list("sort", "totalProfiles:asc").body("children.id", contains(nobody, ca, alsoUs, us, all));
        list("sort", "metrics.data.totalProfiles:desc", "property", "withMetrics==true")
                .body("children.metrics.data.totalProfiles", contains(10, 7, 7, 3, 0));
        list("sort", "totalProfiles:desc", "limit", "2", "start", "1", "property", "type==SegmentDefinition")
                .body("children.id", contains(us, ca))
                .body("_page.totalCount", equalTo(4))
                .body("_page", not(hasKey("next")));
        list("sort", "totalProfiles:desc", "limit", "2")
                .body("children.id", contains(all, alsoUs))
                .body(
                        "_links.next.href",
                        equalTo("@/audiences?start=1&limit=2&totalCount=5&sort=totalProfiles%3Adesc"));
        list("sort", "totalProfiles:desc", "limit", "2", "start", "3").body("children", empty());
    }

    @Test
    void audiencesAreFilteredByThem() {
        String us = sandbox.define("US", US);
        String alsoUs = sandbox.define("Also US", US);
        sandbox.define("CA", CA);

        list("property", "totalProfiles==7", "sort", "name:desc").body("children.id", contains(us, alsoUs));
        list("property", "metrics.data.totalProfiles==7", "name", "also").body("children.id", contains(alsoUs));
        list("property", "totalProfiles==8").body("children", empty()).body("_page.totalCount", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"totalProfiles==many", "metrics.jobId==x", "metrics.data.totalProfilesByNamespace.email==7"})
    void refusesOtherFilters(String property) {
        sandbox.request()
                .queryParam("property", property)
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(400);
    }

    @Test
    void withMetricsAnAudienceIsAlwaysSent() {
        String id = sandbox.define("A", US);
        String tag = sandbox.get(id).extract().path("_etag");

        sandbox.request()
                .header("If-None-Match", tag)
                .get(TestSandbox.AUDIENCES + "/{id}?property=withMetrics==true", id)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("metrics.data.totalProfiles", equalTo(7));
    }

    private ValidatableResponse read(String id, String parameter, String value) {
        return sandbox.request()
                .queryParam(parameter, value)
                .get(TestSandbox.AUDIENCES + "/{id}", id)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse list(String... parameters) {
        var request = sandbox.request();
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get(TestSandbox.AUDIENCES).then().statusCode(200);
    }
}
