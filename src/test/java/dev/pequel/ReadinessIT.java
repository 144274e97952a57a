package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /q/health/ready} tells of the packaged service while all is well and while something is not. */
@Timeout(180)
@Tag("native")
class ReadinessIT {

    private static final String NEWEST = "(select max(version::int)::text from flyway_schema_history)";

    @TempDir
    Path directory;

    @Test
    void aServiceThatIsReadyTellsItsState() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service = PackagedService.start(settings(database, Map.of()))) {
            String address = service.address();
            importOneProfile(address);

            // The queue is looked at every now and then, and tells nothing before.
            eventually(() -> get(address).extract().path(check("Segment job queue", "data.waiting")) != null);

            check(address, 200, "Migrations", "data.needed", containsString("1, 2, "));
            check(address, 200, "Migrations", "data.applied", containsString("1, 2, "));
            check(address, 200, "Row-level security", "data.state", equalTo("guards the sandboxes"));
            check(address, 200, "Sample profiles", "data.state", equalTo("not requested"));
            check(address, 200, "Segment job queue", "data.running", equalTo(0));
            check(address, 200, "Segment job queue", "data.lastLook", notNullValue());
            check(address, 200, "Snapshots", "data.inMemory", equalTo(1));
            check(address, 200, "Snapshots", "data.beingRead", equalTo(0));
            check(address, 200, "Snapshots", "data.profiles", equalTo(1));
            check(address, 200, "Snapshots", "data.bytes", greaterThan(0));
            check(address, 200, "Snapshots", "data.oldestInSeconds", greaterThanOrEqualTo(0));
            assertEquals(new PackagedService.Ended(0, ""), PackagedService.askForHealth(address));
        }
    }

    @Test
    void withoutItsDatabaseItIsNotReadyAndSaysSo() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service = PackagedService.start(settings(database, Map.of()))) {
            String address = service.address();
            importOneProfile(address);
            database.stop();

            // Each answer waits for a connection as long as it may.
            get(address)
                    .statusCode(503)
                    .body(check("Migrations", "status"), equalTo("DOWN"))
                    .body(check("Migrations", "data.reason"), equalTo("The database does not respond."))
                    .body(not(containsString("localhost")));
            eventually(() -> get(address).extract().path(check("Segment job queue", "data.reason")) != null);
            get(address)
                    .statusCode(503)
                    .body(check("Segment job queue", "status"), equalTo("UP"))
                    .body(check("Snapshots", "data.profiles"), equalTo(1));

            PackagedService.Ended asked = PackagedService.askForHealth(address);
            assertEquals(1, asked.status());
            assertTrue(asked.output().contains("The database does not respond."), asked.output());

            database.start();

            eventually(() -> get(address).extract().statusCode() == 200);
            check(address, 200, "Migrations", "status", equalTo("UP"));
        }
    }

    @Test
    void tablesOfAnotherVersionAreNamed() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service = PackagedService.start(settings(database, Map.of()))) {
            String address = service.address();
            long newest = database.number("select " + NEWEST + "::int");

            database.update("update flyway_schema_history set success = false where version = " + NEWEST);
            check(address, 503, "Migrations", "status", equalTo("DOWN"));
            check(
                    address,
                    503,
                    "Migrations",
                    "data.reason",
                    equalTo("The database lacks " + newest + ". They are applied when the service starts."));

            database.update("update flyway_schema_history set success = true where version = " + NEWEST);
            database.update("insert into flyway_schema_history select installed_rank + 1, '1000', description, type,"
                    + " script, checksum, installed_by, installed_on, execution_time, success"
                    + " from flyway_schema_history where version = " + NEWEST);
            check(address, 200, "Migrations", "status", equalTo("UP"));
            check(address, 200, "Migrations", "data.newer", equalTo("1000"));
            try (PackagedService older = PackagedService.start(settings(database, Map.of()))) {
                check(older.address(), 200, "Migrations", "data.newer", equalTo("1000"));
            }
        }
    }

    @Test
    void aWallThatIsSwitchedOffIsTold() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service =
                        PackagedService.start(settings(database, Map.of("pequel.database.row-security", "false")))) {
            check(service.address(), 200, "Row-level security", "data.state", equalTo("switched off"));
        }
    }

    @Test
    void aServiceThatIsNotThereIsNotReady() throws Exception {
        PackagedService.Ended asked = PackagedService.askForHealth("http://localhost:1");

        assertEquals(1, asked.status());
        assertTrue(asked.output().startsWith("Pequel does not respond on port 1: "), asked.output());
    }

    /** As the service itself does, it finds the port in the environment, a system property or a file. */
    @Test
    void thePortIsLookedUpWhereTheServiceLooks(@TempDir Path working) throws Exception {
        Path file = Files.createDirectory(working.resolve("config")).resolve("application.properties");
        Files.writeString(file, "quarkus.http.port=1\n");
        List<String> property = List.of("-Dquarkus.http.port=2");
        Map<String, String> environment = Map.of("quarkus.http.port", "3");

        assertTrue(askedPort(working, Map.of(), List.of()).contains("on port 1: "));
        assertTrue(askedPort(working, Map.of(), property).contains("on port 2: "));
        assertTrue(askedPort(working, environment, List.of()).contains("on port 3: "));
    }

    private static String askedPort(Path directory, Map<String, String> environment, List<String> options)
            throws Exception {
        return PackagedService.askForHealth(directory, environment, options).output();
    }

    private static Map<String, String> settings(OwnPostgresql database, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.segmentation.job-poll", "200ms");
        settings.putAll(more);
        return settings;
    }

    /** A profile, and a snapshot of it. */
    private static void importOneProfile(String address) {
        PackagedService.request(address)
                .contentType("application/x-ndjson")
                .body("{\"identityMap\": {\"crmid\": [{\"id\": \"jo\"}]}}".getBytes())
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200)
                .body("metrics.created", equalTo(1));
        PackagedService.request(address)
                .contentType("application/json")
                .body("{\"predicateExpression\": \"a = 1\", \"predicateType\": \"pql/text\"}")
                .post("/data/core/ups/preview")
                .then()
                .statusCode(201);
    }

    private static void check(String address, int status, String name, String path, Matcher<?> matcher) {
        get(address).statusCode(status).body(check(name, path), matcher);
    }

    private static String check(String name, String path) {
        return "checks.find {it.name == '" + name + "'}." + path;
    }

    private static ValidatableResponse get(String address) {
        return PackagedService.request(address).get("/q/health/ready").then();
    }
}
