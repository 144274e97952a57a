package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged service, started the way an operator starts it. */
@Timeout(120)
class ProductionIT {
    private static final Path APPLICATION = Path.of("target", "quarkus-app");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+:\\d+)");

    @Test
    void containsNoEmbeddedDatabase() throws IOException {
        try (var files = Files.walk(APPLICATION)) {
            List<String> embedded = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("embedded") || name.contains("zonky"))
                    .toList();
            assertEquals(List.of(), embedded);
        }
    }

    @Test
    void withoutADatabaseStopsWithOneLineThatSaysWhatToSet() throws Exception {
        Process service = start(Map.of());

        String output = new String(service.getInputStream().readAllBytes());
        assertEquals(1, service.waitFor());
        assertEquals(
                "Pequel needs a PostgreSQL database: set QUARKUS_DATASOURCE_JDBC_URL"
                        + " (jdbc:postgresql://HOST:5432/DATABASE), QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD.",
                output.strip());
    }

    @Test
    void startsOnTheDatabaseThatItsEnvironmentNames() throws Exception {
        try (var database = new EmbeddedPostgresql()) {
            Process service = start(database.start());
            try {
                RestAssured.given()
                        .baseUri(address(service))
                        .get("/q/health")
                        .then()
                        .statusCode(200)
                        .body("status", Matchers.equalTo("UP"));
            } finally {
                service.destroy();
                service.waitFor();
            }
        }
    }

    private static Process start(Map<String, String> settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java, "-jar", APPLICATION.resolve("quarkus-run.jar").toString())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        settings.forEach((name, value) -> builder.environment().put(environmentVariable(name), value));
        return builder.start();
    }

    private static String environmentVariable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Where the service listens, read from its log. */
    private static String address(Process service) throws IOException {
        BufferedReader log = service.inputReader();
        var read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            var listening = LISTENING.matcher(line);
            if (listening.find()) {
                return listening.group(1).replace("0.0.0.0", "localhost");
            }
        }
        throw new AssertionError("The service ended:\n" + read);
    }
}
