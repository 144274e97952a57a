package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pequel.tenant.TestTokens;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, started the way an operator starts it. */
@Timeout(120)
class ProductionIT {
    @Test
    void containsNoEmbeddedDatabase() throws IOException {
        try (var files = Files.walk(PackagedService.libraries())) {
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
    void withoutAWordOnWhoMayCallStopsWithOneLineThatSaysWhatToSet() throws Exception {
        PackagedService.Ended ended = PackagedService.start(
                        Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:1/none"))
                .waitUntilItEnds();

        assertEquals(1, ended.status());
        assertEquals(
                "Pequel requires a way to verify tokens: set QUARKUS_OIDC_AUTH_SERVER_URL (the issuer),"
                        + " QUARKUS_OIDC_PUBLIC_KEY or PEQUEL_AUTHENTICATION_JWKS_FILE (the keys that tokens are signed"
                        + " with), or PEQUEL_AUTHENTICATION_OPEN=true to allow every request.",
                ended.output().strip());
    }

    @Test
    @Tag("native")
    void acceptsTheTokenThatTheSecurityPageMakes(@TempDir Path directory) throws Exception {
        List<String> steps = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/security.md")))
                .results()
                .map(step -> step.group(1))
                .toList();
        shell(directory, steps.get(0).lines().findFirst().orElseThrow());
        try (var database = new EmbeddedPostgresql()) {
            Map<String, String> settings = new HashMap<>(database.start());
            settings.put("quarkus.oidc.public-key", shell(directory, "openssl pkey -in key.pem -pubout"));
            try (var service = PackagedService.start(settings)) {
                String request = steps.get(1).replace("http://localhost:8080", service.address());
                assertEquals("[]", JsonPath.from(shell(directory, request)).getString("children"));
                String asEve = request.replace("acme@Org'", "eve@Org'");
                assertEquals(403, JsonPath.from(shell(directory, asEve)).getInt("status"));
            }
        }
    }

    @Test
    @Tag("native")
    void acceptsTokensThatAreSignedByAKeyInAFile(@TempDir Path directory) throws Exception {
        KeyPair key = TestTokens.newKey();
        Path file = directory.resolve("keys.json");
        Files.writeString(file, TestTokens.jwks(Map.of("1", TestTokens.newKey(), "2", key)));
        try (var database = new EmbeddedPostgresql()) {
            Map<String, String> settings = new HashMap<>(database.start());
            settings.put("pequel.authentication.jwks-file", file.toString());
            try (var service = PackagedService.start(settings)) {
                Map<String, Object> claims = Map.of("organization", "acme@Org", "groups", List.of("audience-reader"));
                assertEquals(200, list(service, TestTokens.sign("2", key, claims)));
                assertEquals(401, list(service, TestTokens.sign("1", key, claims)));
            }
        }
    }

    private static int list(PackagedService service, String token) throws IOException {
        return PackagedService.request(service.address())
                .header("x-gw-ims-org-id", "acme@Org")
                .header("x-sandbox-name", "prod")
                .header("Authorization", "Bearer " + token)
                .get("/data/core/ups/audiences")
                .statusCode();
    }

    /** What the commands write. */
    private static String shell(Path directory, String commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-ec", commands)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), commands);
        return output;
    }

    @Test
    void startsOnTheDatabaseThatItsEnvironmentNames() throws Exception {
        try (var database = new EmbeddedPostgresql();
                var service = PackagedService.start(open(database.start()))) {
            PackagedService.request(service.address())
                    .get("/q/health")
                    .then()
                    .statusCode(200)
                    .body("status", Matchers.equalTo("UP"));
        }
    }

    @Test
    @Tag("native")
    void refusesTheTablesOfAnUnreleasedVersionInOneSentence(@TempDir Path directory) throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            try (var service = PackagedService.start(database.settings())) {
                service.address();
            }
            // As the history looked before the migrations became one baseline: other files, and more of them.
            database.update("update flyway_schema_history set checksum = checksum + 1");
            database.update("insert into flyway_schema_history select installed_rank + 8, (version::int + 8)::text,"
                    + " description, type, script, checksum, installed_by, installed_on, execution_time, success"
                    + " from flyway_schema_history");

            PackagedService.Ended ended =
                    PackagedService.start(database.settings()).waitUntilItEnds();

            assertEquals(1, ended.status());
            assertEquals(
                    List.of("The tables of this database were created by an unreleased version of Pequel,"
                            + " from which migration is not supported: start with a new, empty database."),
                    ended.output().lines().filter(line -> !line.startsWith("{")).toList());
            assertFalse(ended.output().contains("\"level\":\"ERROR\""), ended.output());
        }
    }

    @Test
    @Tag("native")
    void aStartTriesAgainAfterADeadlock(@TempDir Path directory) throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            database.update("""
                    create schema fault;
                    create sequence fault."CREATE FUNCTION";
                    create sequence fault."GRANT";
                    create function fault.deadlock() returns event_trigger language plpgsql as $$
                    begin
                        if nextval(format('fault.%I', tg_tag)) <= 2 then
                            raise exception 'deadlock detected' using errcode = 'deadlock_detected';
                        end if;
                    end
                    $$;
                    create event trigger deadlock on ddl_command_start when tag in ('CREATE FUNCTION', 'GRANT')
                        execute function fault.deadlock();
                    """);
            try (var service = PackagedService.start(database.settings())) {
                PackagedService.request(service.address())
                        .get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body(
                                "checks.find {it.name == 'Row-level security'}.data.state",
                                Matchers.equalTo("guards the sandboxes"));
            }
        }
    }

    @Test
    @Tag("native")
    void replicasMayStartAtOnceOnANewDatabase(@TempDir Path directory) throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                var first = PackagedService.start(database.settings());
                var second = PackagedService.start(database.settings());
                var third = PackagedService.start(database.settings())) {
            for (PackagedService service : List.of(first, second, third)) {
                PackagedService.request(service.address())
                        .get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body(
                                "checks.find {it.name == 'Row-level security'}.data.state",
                                Matchers.equalTo("guards the sandboxes"));
            }
            assertEquals(8, database.number("select count(*) from flyway_schema_history where success"));
        }
    }

    /** So that the rest of the file system may be read-only. */
    @Test
    void writesNothingButTemporaryFiles(@TempDir Path working, @TempDir Path temporary) throws Exception {
        try (var database = new EmbeddedPostgresql();
                var service = PackagedService.start(
                        working, open(database.start()), List.of("-Djava.io.tmpdir=" + temporary), line -> {})) {
            PackagedService.request(service.address())
                    .header("x-gw-ims-org-id", "acme@Org")
                    .header("x-sandbox-name", "prod")
                    .contentType("application/x-ndjson")
                    .body("{\"identityMap\": {\"crmid\": [{\"id\": \"jo\"}]}}".getBytes(StandardCharsets.UTF_8))
                    .post("/data/core/ups/profiles/import")
                    .then()
                    .statusCode(200);
            PackagedService.request(service.address())
                    .get("/q/swagger-ui/")
                    .then()
                    .statusCode(200);
            assertEquals(List.of(), children(working));
            // Pages that Vert.x sends come from files, and so does the library that Netty looks for where answers are
            // compressed.
            assertEquals(
                    List.of("vertx-cache"),
                    children(temporary).stream()
                            .filter(name -> !name.startsWith("com_aayushatharva_brotli4j_"))
                            .toList());
        }
    }

    private static List<String> children(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Map<String, String> open(Map<String, String> database) {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("pequel.authentication.open", "true");
        return settings;
    }
}
