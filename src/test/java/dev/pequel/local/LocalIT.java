package dev.pequel.local;

import static dev.pequel.Eventually.eventually;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pequel.PackagedService;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The package of the Maven profile {@code local}, started with nothing around it. */
@Timeout(180)
class LocalIT {

    private static final String BASE = "/data/core/ups";

    @TempDir
    Path directory;

    @BeforeAll
    static void isPackaged() throws IOException {
        assumeTrue(PackagedService.isLocal(), "packaged without the profile `local`");
    }

    @Test
    void itNeedsNothingAndSaysWhatItIs() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (var service = PackagedService.start(
                Map.of("pequel.segmentation.job-poll", "200ms"), List.of("-Djava.io.tmpdir=" + temporary), log::add)) {
            String address = service.address();
            assertTrue(log.getFirst().startsWith("This is pequel-local, for development and tests"), log.toString());
            awaitReady(address);

            String token = PackagedService.request(address)
                    .formParams(Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            "me",
                            "client_secret",
                            "s",
                            "scope",
                            "openid"))
                    .post("/ims/token/v3")
                    .then()
                    .statusCode(200)
                    .header("Pequel-Mode", "local")
                    .body("token_type", equalTo("bearer"))
                    .body("expires_in", equalTo(86400))
                    .extract()
                    .path("access_token");
            assertTrue(token.matches("[\\w-]+\\.[\\w-]+\\."), token);
            RequestSpecification asClient = PackagedService.request(address)
                    .headers(Map.of(
                            "Authorization", "Bearer " + token,
                            "x-api-key", "me",
                            "x-gw-ims-org-id", "1234567890@AdobeOrg",
                            "x-sandbox-name", "dev"))
                    .contentType("application/json");
            importProfiles(address, Map.of("x-gw-ims-org-id", "1234567890@AdobeOrg", "x-sandbox-name", "dev"));
            String id = asClient.body("{\"name\": \"A\", \"expression\": {\"value\": \"points > 15\"}}")
                    .post(BASE + "/audiences")
                    .then()
                    .statusCode(200)
                    .body("createdBy", equalTo("me"))
                    .extract()
                    .path("id");
            eventually(() -> asClient.get(BASE + "/audiences/" + id + "?withMetrics=true")
                    .path("metrics.data.totalProfiles")
                    .equals(1));
            PackagedService.request(address)
                    .header("Authorization", "Bearer anything")
                    .get("/nothing")
                    .then()
                    .statusCode(404)
                    .header("Pequel-Mode", "local");
        }
        eventually(() -> children(temporary).stream().noneMatch(name -> name.startsWith("pequel-local-")));
        assertTrue(log.stream().noneMatch(line -> line.contains("terminating connection")), log.toString());
    }

    @Test
    void aDirectoryKeepsWhatWasStoredEvenWhenTheProcessIsKilled() throws Exception {
        Map<String, String> settings =
                Map.of("pequel.local.data", directory.resolve("data").toString());
        try (var service = PackagedService.start(settings)) {
            importProfiles(service.address(), Map.of());
            String refusal = PackagedService.outputOf(settings);
            assertTrue(refusal.contains("Another pequel-local uses the directory"), refusal);
            service.kill();
        }
        try (var service = PackagedService.start(settings)) {
            PackagedService.request(service.address())
                    .get(BASE + "/profiles/import")
                    .then()
                    .statusCode(200)
                    .body("_page.totalCount", equalTo(1));
        }
    }

    @Test
    void seedsAreThereAtTheStartAndAfterAReset() throws Exception {
        Path seeds = Files.createDirectories(directory.resolve("seeds/prod"));
        Files.writeString(seeds.resolve("01-schema.json"), """
                {"type": "object", "properties": {"points": {"type": "integer"}}}
                """);
        Files.writeString(seeds.resolve("02-profiles.ndjson"), """
                {"points": 10, "identityMap": {"crmid": [{"id": "C1"}]}}
                {"points": 20, "identityMap": {"crmid": [{"id": "C2"}]}}
                """);
        Files.writeString(seeds.resolve("03-audiences.json"), """
                [{"name": "Rich", "expression": {"value": "points > 15"}}]
                """);
        try (var service = PackagedService.start(
                Map.of("pequel.seed.directory", directory.resolve("seeds").toString()))) {
            String address = service.address();
            awaitReady(address);
            importProfiles(address, Map.of("x-sandbox-name", "other"));
            PackagedService.request(address)
                    .get(BASE + "/audiences")
                    .then()
                    .body("children.name", equalTo(List.of("Rich")));

            assertReset(address, "?sandbox=other", 1);
            assertEquals(0, imports(address, "other"));
            assertEquals(1, imports(address, "prod"));
            String id =
                    PackagedService.request(address).get(BASE + "/audiences").path("children[0].id");

            importProfiles(address, Map.of("x-sandbox-name", "other"));
            assertReset(address, "", 2);
            assertEquals(0, imports(address, "other"));
            assertEquals(1, imports(address, "prod"));
            PackagedService.request(address)
                    .get(BASE + "/audiences/" + id)
                    .then()
                    .statusCode(404);
            PackagedService.request(address)
                    .get(BASE + "/audiences")
                    .then()
                    .body("children.name", equalTo(List.of("Rich")));
        }
    }

    @Test
    void aBrokenSeedIsNamedWithItsLine() throws Exception {
        Path seeds = Files.createDirectories(directory.resolve("seeds/prod"));
        Files.writeString(seeds.resolve("02-profiles.ndjson"), """
                {"points": 10, "identityMap": {"crmid": [{"id": "C1"}]}}
                {"points": 20}
                """);
        List<String> log = new CopyOnWriteArrayList<>();
        try (var service = PackagedService.start(
                Map.of("pequel.seed.directory", directory.resolve("seeds").toString()), List.of(), log::add)) {
            String address = service.address();
            eventually(() -> PackagedService.request(address)
                    .get("/q/health/ready")
                    .path("checks.find {it.name == 'Seeds'}.data.state")
                    .equals("failed"));
            PackagedService.request(address)
                    .get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body(
                            "checks.find {it.name == 'Seeds'}.data.reason",
                            startsWith("prod/02-profiles.ndjson, line 2: "));
            eventually(
                    () -> log.stream().anyMatch(line -> line.contains("ERROR") && line.contains("ndjson, line 2: ")));
        }
    }

    @Test
    void theClockIsWhatItIsSetTo() throws Exception {
        try (var service = PackagedService.start(Map.of())) {
            String address = service.address();
            put(address, "{\"now\": \"2026-12-31T23:59:59.900Z\", \"running\": true}")
                    .statusCode(200);
            eventually(() -> now(address).startsWith("2027-01-01T00:00:0"));

            put(address, "{\"now\": \"2026-12-31T23:59:59Z\"}")
                    .statusCode(200)
                    .body("now", equalTo("2026-12-31T23:59:59Z"))
                    .body("running", equalTo(false));
            assertEquals("2026-12-31T23:59:59Z", now(address));
            importProfiles(address, Map.of());
            PackagedService.request(address)
                    .contentType("application/x-ndjson")
                    .body("""
                            {"_id": "E1", "timestamp": "2026-12-31T23:00:00Z", "eventType": "visit", "identityMap": {"crmid": [{"id": "C1"}]}}
                            """.getBytes())
                    .post(BASE + "/events/import")
                    .then()
                    .statusCode(200)
                    .body("metrics.created", equalTo(1))
                    .body("creationTime", equalTo(1798761599000L));
            String audience = PackagedService.request(address)
                    .contentType("application/json")
                    .body(
                            "{\"name\": \"Today\", \"expression\": {\"value\": \"exists E from xEvent where E.timestamp occurs today\"}}")
                    .post(BASE + "/audiences")
                    .then()
                    .statusCode(200)
                    .body("creationTime", equalTo(1798761599000L))
                    .extract()
                    .path("id");
            eventually(() -> members(address, audience) == 1);
            assertEquals(1, members(address, audience));
            assertEquals(1, totalProfiles(address, audience));
            put(address, "{\"now\": \"2027-01-01T00:00:00Z\"}").statusCode(200);
            assertEquals(0, totalProfiles(address, audience));
            put(address, "{\"now\": \"2026-12-31T23:59:59Z\"}").statusCode(200);
            assertEquals(1, totalProfiles(address, audience));

            // The nightly job of the new year finds nobody who came today.
            put(address, "{\"now\": \"2027-01-01T03:00:00Z\"}").statusCode(200);
            eventually(() -> members(address, audience) == 0);
            PackagedService.request(address)
                    .get(BASE + "/segment/jobs")
                    .then()
                    .body("children[0].source", equalTo("scheduler"));

            put(address, "{\"now\": \"yesterday\"}").statusCode(400).body(containsString("`now`: must be a time"));
            PackagedService.request(address).delete("/_pequel/clock").then().statusCode(200);
            assertFalse(now(address).startsWith("2027-01-01T03"));
        }
    }

    private static void awaitReady(String address) {
        eventually(() -> PackagedService.request(address).get("/q/health/ready").statusCode() == 200);
    }

    private static void importProfiles(String address, Map<String, String> headers) {
        PackagedService.request(address)
                .headers(headers)
                .contentType("application/x-ndjson")
                .body("""
                        {"points": 10, "identityMap": {"crmid": [{"id": "C1"}]}}
                        {"points": 20, "identityMap": {"crmid": [{"id": "C2"}]}}
                        """.getBytes())
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200)
                .body("metrics.created", equalTo(2));
    }

    private static int imports(String address, String sandbox) {
        return PackagedService.request(address)
                .header("x-sandbox-name", sandbox)
                .get(BASE + "/profiles/import")
                .path("_page.totalCount");
    }

    private static void assertReset(String address, String parameters, int sandboxes) {
        PackagedService.request(address)
                .post("/_pequel/reset" + parameters)
                .then()
                .statusCode(200)
                .body("sandboxes", equalTo(sandboxes));
    }

    private static ValidatableResponse put(String address, String clock) {
        return PackagedService.request(address)
                .contentType("application/json")
                .body(clock)
                .put("/_pequel/clock")
                .then();
    }

    private static String now(String address) {
        return PackagedService.request(address).get("/_pequel/clock").path("now");
    }

    private static int members(String address, String audience) {
        return PackagedService.request(address)
                .get(BASE + "/audiences/" + audience + "/members")
                .path("_page.totalCount");
    }

    private static int totalProfiles(String address, String audience) {
        return PackagedService.request(address)
                .get(BASE + "/audiences/" + audience + "?withMetrics=true")
                .path("metrics.data.totalProfiles");
    }

    private static List<String> children(Path directory) {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
