package dev.pequel.audience;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code _etag}, {@code ETag}, {@code If-Match} and {@code If-None-Match}. */
@QuarkusTest
class EntityTagTest {

    private static final String RENAME = "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"B\"}]";

    private final TestSandbox sandbox = TestSandbox.fresh();
    private String id;
    private String tag;

    @BeforeEach
    void create() {
        ValidatableResponse created = sandbox.post(Documented.DEFINITION).statusCode(200);
        id = created.extract().path("id");
        tag = created.extract().path("_etag");
        assertEquals(tag, created.extract().header("ETag"));
    }

    @Test
    void changesWithEachUpdateAndOnlyThen() {
        sandbox.get(id).header("ETag", equalTo(tag)).body("_etag", equalTo(tag));
        String second = sandbox.patch(id, RENAME).statusCode(200).extract().path("_etag");
        String third =
                sandbox.put(id, Documented.DEFINITION).statusCode(200).extract().header("ETag");

        assertNotEquals(tag, second);
        assertNotEquals(second, third);
        sandbox.get(id).header("ETag", equalTo(third));
    }

    @Test
    void aChangeThatChangesNothingKeepsTagAndTime() {
        requireUnchangedBy(id, Documented.DEFINITION);

        String external = Documented.EXTERNAL.replace(
                "\"description\"", "\"audienceMeta\": {\"b\": [1.50, {\"c\":null}], \"a\":1}, \"description\"");
        requireUnchangedBy(sandbox.create(external), external);
        String withoutMeta =
                external.replaceFirst("\"audienceMeta.*?, \"d", "\"d").replace("test-external", "another");
        requireUnchangedBy(sandbox.create(withoutMeta), withoutMeta);
        String dependent =
                Documented.DEFINITION.replace("workAddress.country = \\\"US\\\"", "inSegment(\\\"" + id + "\\\")");
        requireUnchangedBy(sandbox.create(dependent), dependent);
    }

    private void requireUnchangedBy(String audience, String body) {
        ValidatableResponse before = sandbox.get(audience);
        String present = before.extract().path("_etag");
        long time = before.extract().path("updateTime");

        sandbox.patch(audience, "[]")
                .statusCode(200)
                .body("_etag", equalTo(present))
                .body("updateTime", equalTo(time));
        sandbox.put(audience, body)
                .statusCode(200)
                .body("_etag", equalTo(present))
                .body("updateTime", equalTo(time));
        sandbox.get(audience).body("_etag", equalTo(present)).body("updateTime", equalTo(time));
    }

    @Test
    void anUnchangedAudienceIsNotSentAgain() {
        for (String condition : new String[] {tag, "*", "\"x\", " + tag, "W/" + tag}) {
            sandbox.request()
                    .header("If-None-Match", condition)
                    .get(TestSandbox.AUDIENCES + "/{id}", id)
                    .then()
                    .statusCode(304)
                    .header("ETag", equalTo(tag))
                    .body(emptyString());
        }
        sandbox.request()
                .header("If-None-Match", "\"x\"")
                .get(TestSandbox.AUDIENCES + "/{id}", id)
                .then()
                .statusCode(200);
    }

    /** They are in the answer, though the audience itself does not change with them. */
    @Test
    void anAudienceWithOtherDependentsIsSentAgain() {
        String dependent = sandbox.post(Documented.DEFINITION.replace(
                        "workAddress.country = \\\"US\\\"", "inSegment(\\\"" + id + "\\\")"))
                .statusCode(200)
                .extract()
                .path("id");
        String withDependent = ifChanged(tag)
                .statusCode(200)
                .body("dependents", hasItem(dependent))
                .body("_etag", equalTo(tag))
                .extract()
                .header("ETag");
        ifChanged(withDependent).statusCode(304);

        sandbox.delete(dependent).statusCode(204);
        ifChanged(withDependent).statusCode(200).header("ETag", equalTo(tag));
        sandbox.request()
                .header("If-Match", withDependent)
                .body(RENAME)
                .patch(TestSandbox.AUDIENCES + "/{id}", id)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse ifChanged(String tag) {
        return sandbox.request()
                .header("If-None-Match", tag)
                .get(TestSandbox.AUDIENCES + "/{id}", id)
                .then();
    }

    @Test
    void anExpectedVersionIsChanged() {
        for (String condition : new String[] {tag, "*", "\"x\", \"y\""}) {
            int status = condition.contains("x") ? 412 : 200;
            sandbox.request()
                    .header("If-Match", condition)
                    .body(RENAME)
                    .patch(TestSandbox.AUDIENCES + "/{id}", id)
                    .then()
                    .statusCode(status);
        }
    }

    @Test
    void anotherVersionIsNot() {
        sandbox.patch(id, RENAME).statusCode(200);
        String before = sandbox.get(id).extract().asString();

        for (String condition :
                new String[] {tag, "\"x\"", "W/" + sandbox.get(id).extract().path("_etag")}) {
            sandbox.request()
                    .header("If-Match", condition)
                    .body(Documented.DEFINITION)
                    .put(TestSandbox.AUDIENCES + "/{id}", id)
                    .then()
                    .statusCode(412)
                    .body("errors.'412'[0].message", containsString("entity tag"));
            sandbox.request()
                    .header("If-Match", condition)
                    .body(RENAME)
                    .patch(TestSandbox.AUDIENCES + "/{id}", id)
                    .then()
                    .statusCode(412);
            sandbox.request()
                    .header("If-Match", condition)
                    .delete(TestSandbox.AUDIENCES + "/{id}", id)
                    .then()
                    .statusCode(412);
        }
        sandbox.get(id).statusCode(200).body(equalTo(before));
    }

    @Test
    void whatDoesNotExistIsNotFoundWhateverIsExpected() {
        sandbox.request()
                .header("If-Match", "*")
                .delete(TestSandbox.AUDIENCES + "/{id}", "60ccea95-1435-4180-97a5-58af4aa285ab")
                .then()
                .statusCode(404);
    }
}
