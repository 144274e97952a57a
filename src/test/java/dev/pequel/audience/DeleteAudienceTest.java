package dev.pequel.audience;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** "Delete an audience". */
@QuarkusTest
class DeleteAudienceTest {

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void answersWithoutABody() {
        String id = sandbox.create(Documented.DEFINITION);

        sandbox.delete(id).statusCode(204).body(emptyString());
    }

    @Test
    void aDeletedAudienceIsNowhere() {
        String id = sandbox.create(Documented.EXTERNAL);
        sandbox.delete(id).statusCode(204);

        sandbox.get(id).statusCode(404);
        sandbox.put(id, Documented.EXTERNAL).statusCode(404);
        sandbox.patch(id, "[]").statusCode(404);
        sandbox.delete(id).statusCode(404);
        sandbox.request()
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(200)
                .body("children", empty())
                .body("_page.totalCount", equalTo(0));
        sandbox.request()
                .queryParam("property", "lifecycle==archived")
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(200)
                .body("children", empty());
        sandbox.request()
                .body("{\"ids\": [{\"id\": \"" + id + "\"}]}")
                .post(TestSandbox.AUDIENCES + "/bulk-get")
                .then()
                .statusCode(404);
    }

    @Test
    void itsExternalIdIsFreeAgain() {
        sandbox.delete(sandbox.create(Documented.EXTERNAL)).statusCode(204);

        sandbox.post(Documented.EXTERNAL).statusCode(200);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        sandbox.delete("60ccea95-1435-4180-97a5-58af4aa285ab").statusCode(404);
    }
}
