package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged service, started the way an operator starts it. */
@Timeout(120)
class ProductionIT {
    @Test
    void containsNoEmbeddedDatabase() throws IOException {
        // The jars that a native executable was made of are beside it.
        Path libraries = PackagedService.isNative()
                ? Path.of(PackagedService.path().toString().replaceFirst("-runner$", "-native-image-source-jar"))
                : PackagedService.path().getParent();
        try (var files = Files.walk(libraries)) {
            List<String> embedded = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("embedded") || name.contains("zonky"))
                    .toList();
            assertEquals(List.of(), embedded);
        }
    }

    @Test
    void withoutADatabaseStopsWithOneLineThatSaysWhatToSet() throws Exception {
        PackagedService.Ended ended = PackagedService.start(Map.of()).waitUntilItEnds();

        assertEquals(1, ended.status());
        assertEquals(
                "Pequel needs a PostgreSQL database: set QUARKUS_DATASOURCE_JDBC_URL"
                        + " (jdbc:postgresql://HOST:5432/DATABASE), QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD.",
                ended.output().strip());
    }

    @Test
    void startsOnTheDatabaseThatItsEnvironmentNames() throws Exception {
        try (var database = new EmbeddedPostgresql();
                var service = PackagedService.start(database.start())) {
            PackagedService.request(service.address())
                    .get("/q/health")
                    .then()
                    .statusCode(200)
                    .body("status", Matchers.equalTo("UP"));
        }
    }
}
