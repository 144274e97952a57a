package dev.pequel.profile.sample;

import static dev.pequel.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.VisibleRows;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
class SampleLoaderTest {

    @Inject
    Sandboxes sandboxes;

    @Inject
    VisibleRows rows;

    @Inject
    Database database;

    @Test
    @Timeout(60)
    void theServiceIsReadyWhenTheSampleIsLoaded() {
        eventually(() -> given().get("/q/health/ready").statusCode() == 200);

        assertEquals(10_000, count("profile"));
        assertEquals(50_000, count("experience_event"));
    }

    private long count(String table) {
        int sandbox = sandboxes.of(new Tenant("dev@Pequel", "prod")).id();
        return rows.ofSandbox(
                sandbox,
                () -> database.call(connection -> Sql.one(
                        connection,
                        "select count(*) from " + table + " where sandbox_id = ?",
                        row -> row.getLong(1),
                        sandbox)));
    }
}
