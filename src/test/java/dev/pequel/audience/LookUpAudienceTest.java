package dev.pequel.audience;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.database.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Look up a specified audience". */
@QuarkusTest
class LookUpAudienceTest {

    private final TestSandbox sandbox = TestSandbox.fresh();

    @EmbeddedPostgresql.Connections
    DataSource connections;

    @Test
    void aDefinitionIsReadAsItWasCreated() {
        ValidatableResponse created = sandbox.post(Documented.DEFINITION).statusCode(200);

        ValidatableResponse read = sandbox.get(created.extract().path("id")).statusCode(200);

        assertEquals(created.extract().asString(), read.extract().asString());
    }

    @Test
    void anExternalAudienceIsReadAsItWasCreated() {
        ValidatableResponse created = sandbox.post(Documented.EXTERNAL).statusCode(200);

        ValidatableResponse read = sandbox.get(created.extract().path("id")).statusCode(200);

        assertEquals(created.extract().asString(), read.extract().asString());
    }

    @Test
    void theShortPathIsTheSame() {
        String id = sandbox.create(Documented.DEFINITION);

        sandbox.request().get("/audiences/{id}", id).then().statusCode(200).body("id", equalTo(id));
        sandbox.create(Documented.EXTERNAL);

        sandbox.request().get("/audiences?name=PEOPLE").then().statusCode(200).body("children.id", contains(id));
        sandbox.request().delete("/audiences/{id}", id).then().statusCode(204);
        sandbox.request().get("/audiences/{id}", id).then().statusCode(404);
    }

    @Test
    void whoReadsAgainReadsTheSame() {
        String id = sandbox.create(Documented.EXTERNAL);
        ValidatableResponse first = sandbox.get(id).statusCode(200);

        ValidatableResponse second = sandbox.get(id).statusCode(200);

        assertEquals(first.extract().asString(), second.extract().asString());
        assertEquals(first.extract().header("ETag"), second.extract().header("ETag"));
        assertEquals(first.extract().contentType(), second.extract().contentType());
    }

    /** Whatever a replica remembers of it. */
    @Test
    void aChangeThatAnotherReplicaMadeIsRead() throws SQLException {
        String id = sandbox.create(Documented.DEFINITION);
        String other = sandbox.create(Documented.DEFINITION);
        sandbox.get(id).statusCode(200);
        sandbox.get(other).statusCode(200);

        change("update audience set name = 'Renamed', version = version + 1 where id = '" + id + "'");
        sandbox.get(id).body("name", equalTo("Renamed"));
        list().body("children.name", hasItem("Renamed"));
        change("""
                insert into audience_dependency (id, sandbox_id, dependent_id, dependency_id, position)
                select gen_random_uuid(), sandbox_id, id, '%s', 0 from audience where id = '%s'
                """.formatted(id, other));
        list().body("children.dependents", hasItem(List.of(other)));
        sandbox.get(id).body("dependents", contains(other));
        change("update audience set lifecycle = 'archived', archived_at = now() where id = '" + id + "'");
        sandbox.get(id).statusCode(404);
        list().body("children.id", contains(other)).body("_page.totalCount", equalTo(1));
    }

    private ValidatableResponse list() {
        return sandbox.request().get(TestSandbox.AUDIENCES).then().statusCode(200);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            assertEquals(1, Sql.update(connection, sql));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"60ccea95-1435-4180-97a5-58af4aa285ab", "1-1-1-1-1", "x", "ü", "%00", "' or 1=1 --"})
    void whatDoesNotExistIsNotFound(String id) {
        sandbox.get(id)
                .statusCode(404)
                .body("status", equalTo(404))
                .body("errors.'404'[0].message", containsString(id));
    }
}
