package dev.pequel.audience;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /segment/definitions}: the same audiences under their older path. */
@QuarkusTest
class SegmentDefinitionsTest {

    private static final String PATH = "/data/core/ups/segment/definitions";
    private static final String PQL = "workAddress.country = \"US\"";

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void whatIsCreatedHereIsAnAudience() {
        ValidatableResponse answer = create(Documented.DEFINITION).statusCode(200);
        String id = answer.extract().path("id");

        answer.header("X-Location", PATH + "/" + id)
                .header("ETag", equalTo(answer.extract().path("_etag")))
                .body("", equalTo(sandbox.get(id).statusCode(200).extract().path("")));
        get(id).statusCode(200).body("", equalTo(sandbox.get(id).extract().path("")));
    }

    @Test
    void propertiesThatOnlyTheOlderDescriptionHasChangeNothing() {
        create("""
                {"name": "A", "payloadSchema": "string", "expression": {"type": "PQL", "format": "pql/text", "value": "n = 1"}}
                """).statusCode(200).body("type", equalTo("SegmentDefinition"));
    }

    @Test
    void aWrongExpressionIsRefusedWithItsPlace() {
        create("""
                {"name": "A", "expression": {"type": "PQL", "format": "pql/text", "value": "n = = 1"}}
                """).statusCode(400).body("diagnostics[0].column", equalTo(5));
    }

    @Test
    void externalAudiencesAreMadeElsewhere() {
        create(Documented.EXTERNAL)
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`type`: must be SegmentDefinition here"));
    }

    @Test
    void externalAudiencesDoNotExistHere() {
        String external = sandbox.create(Documented.EXTERNAL);

        get(external).statusCode(404);
        patch(external, "{\"name\": \"B\"}").statusCode(404);
        delete(external).statusCode(404);
        list().body("segments", empty()).body("page.totalCount", equalTo(0));
        sandbox.get(external).statusCode(200);
    }

    @Test
    void aListIsWrittenAsInTheOlderDescription() {
        String first = sandbox.define("A", PQL);
        sandbox.create(Documented.EXTERNAL);
        String second = sandbox.define("B", PQL);

        list().body("segments.id", contains(second, first))
                .body("segments[0]", equalTo(sandbox.get(second).extract().path("")))
                .body("page.totalCount", equalTo(2))
                .body("page.totalPages", equalTo(1))
                .body("page.sortField", equalTo("creationTime"))
                .body("page.sort", equalTo("desc"))
                .body("page.pageSize", equalTo(2))
                .body("page.limit", equalTo(100))
                .body("link", not(hasKey("next")));
    }

    @Test
    void anEmptySandboxHasAnEmptyList() {
        list().body("segments", empty()).body("page.totalCount", equalTo(0)).body("page.totalPages", equalTo(0));
    }

    @Test
    void pagesAreCountedFromZeroAndStartSkips() {
        List<String> ids = IntStream.range(0, 7)
                .mapToObj(i -> sandbox.define("D" + i, PQL))
                .toList()
                .reversed();

        list("limit", "3")
                .body("segments.id", equalTo(ids.subList(0, 3)))
                .body("page.totalPages", equalTo(3))
                .body("link.next", equalTo("@/segment/definitions?page=1&limit=3"));
        list("limit", "3", "page", "2")
                .body("segments.id", equalTo(ids.subList(6, 7)))
                .body("page.pageSize", equalTo(1))
                .body("link", not(hasKey("next")));
        list("limit", "3", "page", "3").body("segments", empty()).body("page.totalCount", equalTo(7));
        list("limit", "3", "start", "2")
                .body("segments.id", equalTo(ids.subList(2, 5)))
                .body("page.totalPages", equalTo(2))
                .body("link.next", equalTo("@/segment/definitions?page=1&limit=3&start=2"));
        list("limit", "3", "start", "2", "page", "1").body("segments.id", equalTo(ids.subList(5, 7)));
        list("start", "2147483647", "page", "2147483647", "limit", "2147483647").body("segments", empty());
    }

    /** As a public client of the hosted service does it: the first page without parameters, then all up to the last. */
    @Test
    void withoutALimitThereAreAHundredOnAPage() {
        IntStream.range(0, 101).forEach(i -> sandbox.define("D" + i, PQL));

        list().body("segments", hasSize(100)).body("page.totalPages", equalTo(2));
        list("page", "1", "limit", "100").body("segments", hasSize(1));
        list("page", "2", "limit", "100").body("segments", empty());
    }

    @Test
    void sortsByOneAttributeAfterTheOther() {
        String b = sandbox.define("B", PQL);
        String a = sandbox.define("A", PQL);
        String b2 = sandbox.define("B", PQL);

        list("sort", "name:asc,internalId:desc")
                .body("segments.id", contains(a, b2, b))
                .body("page.sortField", equalTo("name"))
                .body("page.sort", equalTo("asc"));
        list("sort", "name:desc,internalId:asc").body("segments.id", contains(b, b2, a));
        list("sort", "updateTime:desc").body("segments.id", contains(b2, a, b));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sort  | name:asc,nane:asc          | nane is not an attribute of audiences",
                "sort  | name:asc,                  | must be written attribute:asc or attribute:desc",
                "sort  | name:asc,totalProfiles:asc | only as the first attribute",
                "sort  | a:asc,b:asc,c:asc,d:asc,e:asc,f:asc | has 6 attributes",
                "page  | -1  | `page`: must be a whole number from 0",
                "limit | 0   | `limit`: must be a whole number from 1",
                "start | x   | `start`: must be a whole number from 0",
                "evaluationInfo.batch.enabled | maybe | must be compared with true or false"
            })
    void refusesWhatItCannotDo(String parameter, String value, String message) {
        sandbox.request()
                .queryParam(parameter, value)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString(message));
    }

    @Test
    void evaluationMethodsAreFilters() {
        String streaming = sandbox.define("Streaming", PQL);
        String batch = sandbox.create("""
                {"name": "Batch", "evaluationInfo": {"batch": {"enabled": true}},
                 "expression": {"value": "workAddress.country = \\"US\\""}}
                """);

        list("evaluationInfo.continuous.enabled", "true").body("segments.id", contains(streaming));
        // As a client in Python writes it.
        list("evaluationInfo.continuous.enabled", "True").body("segments.id", contains(streaming));
        list("evaluationInfo.batch.enabled", "true").body("segments.id", contains(batch));
        list("evaluationInfo.synchronous.enabled", "true").body("segments", empty());
        list("evaluationInfo.synchronous.enabled", "false", "name", "BAT").body("segments.id", contains(batch));
    }

    @Test
    void aPatchHasTheFieldsToChange() {
        String id = sandbox.create(Documented.DEFINITION);
        ValidatableResponse before = get(id);

        patch(id, "{\"description\": \"Changed\", \"expression\": {\"value\": \"homeAddress.country = \\\"CA\\\"\"}}")
                .statusCode(200)
                .header("X-Location", PATH + "/" + id)
                .body("description", equalTo("Changed"))
                .body("expression.format", equalTo("pql/text"))
                .body("expression.value", equalTo("homeAddress.country = \"CA\""))
                .body("name", equalTo(before.extract().path("name")))
                .body("labels", equalTo(before.extract().path("labels")))
                .body("", equalTo(sandbox.get(id).extract().path("")));
    }

    @Test
    void nullReturnsToTheDefault() {
        String id = sandbox.create(Documented.DEFINITION);

        patch(id, "{\"description\": null, \"labels\": null, \"ttlInDays\": null}")
                .statusCode(200)
                .body("", not(hasKey("description")))
                .body("labels", empty())
                .body("ttlInDays", equalTo(60));
        patch(id, "{\"name\": null}")
                .statusCode(400)
                .body("errors.'400'[0].message", startsWith("`name`: is required"));
    }

    @Test
    void evaluationMethodsFollowTheExpressionUntilTheyAreChosen() {
        String id = sandbox.define("A", PQL);

        patch(id, "{\"expression\": {\"value\": \"chain(xEvent, [X: WHAT(n = 1) WITHIN 40 days BEFORE now])\"}}");
        patch(id, "{\"expression\": {\"value\": \"workAddress.country = \\\"CA\\\"\"}}")
                .statusCode(200)
                .body("evaluationInfo.continuous.enabled", equalTo(true));
        patch(id, "{\"evaluationInfo\": {\"batch\": {\"enabled\": true}, \"continuous\": {\"enabled\": false}}}")
                .statusCode(200)
                .body("evaluationInfo.batch.enabled", equalTo(true))
                .body("evaluationInfo.continuous.enabled", equalTo(false));
    }

    @Test
    void whatWasReadCanBeSentBack() {
        String id = sandbox.create(Documented.DEFINITION);
        ValidatableResponse read = get(id);

        patch(id, read.extract().asString()).statusCode(200).header("ETag", (String)
                read.extract().path("_etag"));
    }

    @Test
    void aRefusedPatchChangesNothing() {
        String id = sandbox.create(Documented.DEFINITION);
        Object before = get(id).extract().path("");

        patch(id, "{\"name\": \"B\", \"expression\": {\"value\": \"n = = 1\"}}").statusCode(400);
        patch(id, "{\"name\": 7}").statusCode(400);
        patch(id, "[{\"op\": \"add\", \"path\": \"/name\", \"value\": \"B\"}]")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("must be a JSON object with the properties to change"));
        sandbox.request()
                .header("If-Match", "\"other\"")
                .body("{\"name\": \"B\"}")
                .patch(PATH + "/{id}", id)
                .then()
                .statusCode(412);
        get(id).body("", equalTo(before));
    }

    @Test
    void takesTheMediaTypeOfMergePatches() {
        String id = sandbox.create(Documented.DEFINITION);

        sandbox.request()
                .contentType("application/merge-patch+json")
                .body("{\"name\": \"B\"}")
                .patch(PATH + "/{id}", id)
                .then()
                .statusCode(200)
                .body("name", equalTo("B"));
    }

    @Test
    void deletingSaysSo() {
        String id = sandbox.create(Documented.DEFINITION);

        delete(id).statusCode(200).body("status", equalTo(true)).body("message", containsString(id));

        get(id).statusCode(404);
        delete(id).statusCode(404);
        sandbox.get(id).statusCode(404);
    }

    @Test
    void whatOthersReferToStays() {
        String id = sandbox.define("A", PQL);
        sandbox.define("B", "inSegment(\"" + id + "\")");

        delete(id).statusCode(409);
        get(id).statusCode(200);
    }

    @Test
    void whoHasTheVersionGetsNoBody() {
        String id = sandbox.create(Documented.DEFINITION);

        sandbox.request()
                .header("If-None-Match", get(id).extract().header("ETag"))
                .get(PATH + "/{id}", id)
                .then()
                .statusCode(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "60ccea95-1435-4180-97a5-58af4aa285ab"})
    void whatDoesNotExistIsNotFound(String id) {
        get(id).statusCode(404).body("errors.'404'[0].message", containsString(id));
        patch(id, "{}").statusCode(404);
        delete(id).statusCode(404);
    }

    @Test
    void anotherSandboxSeesNothing() {
        String id = sandbox.create(Documented.DEFINITION);
        TestSandbox other = TestSandbox.fresh();

        assertEquals(404, other.request().get(PATH + "/{id}", id).statusCode());
        other.request().get(PATH).then().statusCode(200).body("segments", empty());
    }

    private ValidatableResponse create(String body) {
        return sandbox.request().body(body).post(PATH).then();
    }

    private ValidatableResponse get(String id) {
        return sandbox.request().get(PATH + "/{id}", id).then();
    }

    private ValidatableResponse patch(String id, String changes) {
        return sandbox.request().body(changes).patch(PATH + "/{id}", id).then();
    }

    private ValidatableResponse delete(String id) {
        return sandbox.request().delete(PATH + "/{id}", id).then();
    }

    /** @param parameters names and values in turn */
    private ValidatableResponse list(String... parameters) {
        var request = sandbox.request();
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get(PATH).then().statusCode(200);
    }
}
