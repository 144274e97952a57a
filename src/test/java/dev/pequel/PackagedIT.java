package dev.pequel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * What a package brings along beside the API. The suites of the API are run against it too: a test class {@code ...IT} is
 * that of {@code ...Test}. A native executable gets all of them, a package for a JVM those without the tag {@code native},
 * as they have run on a JVM before. Suites that look inside the service are left out: it is another process here.
 */
@QuarkusIntegrationTest
class PackagedIT {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    @EmbeddedPostgresql.Connections
    DataSource database;

    @Test
    void theDatabaseWasMigratedToTheNewestVersion() throws IOException, SQLException {
        long migrations;
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            migrations = files.count();
        }
        try (Connection connection = database.getConnection()) {
            List<Boolean> applied =
                    Sql.list(connection, "select success from flyway_schema_history", row -> row.getBoolean(1));
            assertEquals(migrations, applied.stream().filter(success -> success).count());
            assertEquals(migrations, applied.size());
        }
    }

    @Test
    void theDescriptionCanBeBrowsed() {
        given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger-ui"));
        given().get("/q/swagger-ui/swagger-ui-bundle.js").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200).body(containsString("openapi: 3"));
    }

    @Test
    void itSaysThatItLivesAndWhetherItIsReady() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        // Ready only once the sample profiles are loaded.
        given().get("/q/health/ready")
                .then()
                .statusCode(oneOf(200, 503))
                .body("checks.name", hasItems("Migrations", "Sample profiles"));
    }
}
