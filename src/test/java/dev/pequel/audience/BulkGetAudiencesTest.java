package dev.pequel.audience;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /audiences/bulk-get}. */
@QuarkusTest
class BulkGetAudiencesTest {

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void answersAllAsTheyAreRead() {
        String definition = sandbox.create(Documented.DEFINITION);
        String external = sandbox.create(Documented.EXTERNAL);

        ValidatableResponse answer = bulkGet(external, definition, external)
                .statusCode(207)
                .body(
                        "results.'" + definition + "'",
                        equalTo(sandbox.get(definition).extract().path("")))
                .body(
                        "results.'" + external + "'",
                        equalTo(sandbox.get(external).extract().path("")));

        assertEquals(
                List.of(external, definition),
                List.copyOf(answer.extract().jsonPath().getMap("results").keySet()));
    }

    @Test
    void whatIsMissingHasAnErrorInItsPlace() {
        String id = sandbox.create(Documented.DEFINITION);
        String foreign = TestSandbox.fresh().create(Documented.DEFINITION);

        bulkGet("missing-audience", id, foreign)
                .statusCode(207)
                .body("results.'" + id + "'.id", equalTo(id))
                .body("results.'missing-audience'.requestId", notNullValue())
                .body("results.'missing-audience'.errors.'404'[0].message", containsString("missing-audience"))
                .body("results.'" + foreign + "'.errors.'404'.code", contains("not-found"));
    }

    @Test
    void ofSegmentDefinitionsLeavesOutExternalAudiences() {
        String definition = sandbox.create(Documented.DEFINITION);
        String external = sandbox.create(Documented.EXTERNAL);

        sandbox.request()
                .body("{\"ids\": [{\"id\": \"%s\"}, {\"id\": \"%s\"}]}".formatted(definition, external))
                .post("/data/core/ups/segment/definitions/bulk-get")
                .then()
                .statusCode(207)
                .body(
                        "results.'" + definition + "'",
                        equalTo(sandbox.get(definition).extract().path("")))
                .body("results.'" + external + "'.errors.'404'.code", contains("not-found"));
    }

    @Test
    void whenAllAreMissingThereIsNothing() {
        String missing = UUID.randomUUID().toString();

        bulkGet("missing-audience", missing)
                .statusCode(404)
                .body("errors.'404'[0].message", allOf(containsString("missing-audience"), containsString(missing)));
    }

    /** What clients of the hosted service send beside the documented form. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"ids\": [\"%s\"]}", "[\"%s\"]", "[{\"id\": \"%s\"}]"})
    void takesShorterForms(String body) {
        String id = sandbox.create(Documented.DEFINITION);

        post(body.formatted(id)).statusCode(207).body("results.'" + id + "'.id", equalTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"ids\": []}", "{\"ids\": \"x\"}", "{\"ids\": null}"})
    void refusesNoIds(String body) {
        post(body).statusCode(400).body("errors.'400'[0].message", containsString("`ids`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "[\"x\"]", "{\"id\": 7}", "null"})
    void refusesWhatIsNoId(String id) {
        post("{\"ids\": [{\"id\": \"x\"}, " + id + "]}")
                .statusCode(400)
                .body("errors.'400'.message", hasItem(containsString("`ids[1].id`")));
    }

    @Test
    void refusesMoreThanAHundredIds() {
        String[] ids =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(101).toArray(String[]::new);

        bulkGet(ids).statusCode(400).body("errors.'400'[0].message", containsString("100"));
    }

    private ValidatableResponse bulkGet(String... ids) {
        return post(Stream.of(ids)
                .map("{\"id\": \"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"ids\": [", "]}")));
    }

    private ValidatableResponse post(String body) {
        return sandbox.request()
                .body(body)
                .post(TestSandbox.AUDIENCES + "/bulk-get")
                .then();
    }
}
