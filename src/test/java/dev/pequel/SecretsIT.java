package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and tokens are in no log, however much is logged, and in no answer. */
@Timeout(180)
class SecretsIT {

    private static final String PASSWORD = "canary-password-4711";
    private static final String SIGNATURE = "canary-signature-4712";
    private static final String TOKEN = Base64.getUrlEncoder().withoutPadding().encodeToString("{}".getBytes())
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString("{\"sub\": \"jane\"}".getBytes())
            + "."
            + SIGNATURE;

    @TempDir
    Path directory;

    @Test
    void neitherPasswordsNorTokensAreLogged() throws Exception {
        StringBuffer log = new StringBuffer();
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service = PackagedService.start(
                        settings(database),
                        List.of("-Dquarkus.log.category.\"dev.pequel\".level=DEBUG"),
                        line -> log.append(line).append('\n'))) {
            String address = service.address();
            StringBuilder answers = new StringBuilder();
            String id = request(address)
                    .body("{\"name\": \"A\", \"expression\": {\"value\": \"a = 1\"}}")
                    .post("/data/core/ups/audiences")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("id");
            answers.append(request(address).get("/data/core/ups/audit/events").asString());
            assertTrue(answers.toString().contains("jane"), "the token is read");
            answers.append(
                    request(address).body("{").post("/data/core/ups/audiences").asString());
            answers.append(
                    request(address).body("[]").post("/data/core/ups/audiences").asString());
            answers.append(request(address).get("/nothing").asString());
            answers.append(request(address).delete("/data/core/ups/audiences").asString());
            answers.append(request(address)
                    .contentType("text/plain")
                    .body("x")
                    .post("/audiences")
                    .asString());
            answers.append(request(address)
                    .header("x-gw-ims-org-id", "a b")
                    .get("/audiences")
                    .asString());
            answers.append(request(address)
                    .contentType("application/x-ndjson")
                    .body("x\n{}".getBytes(StandardCharsets.UTF_8))
                    .post("/data/core/ups/profiles/import")
                    .asString());
            answers.append(request(address).get("/q/health").asString());
            answers.append(request(address).get("/q/metrics").asString());
            database.stop();
            int withoutDatabase =
                    request(address).get("/data/core/ups/audiences/" + id).statusCode();
            answers.append(
                    request(address).get("/data/core/ups/audiences/" + id).asString());
            answers.append(request(address).get("/q/health/ready").asString());
            while (log.indexOf("DEBUG") < 0) {
                Thread.sleep(50);
            }
            database.start();
            service.close();

            assertEquals(503, withoutDatabase);
            assertTrue(log.toString().contains("GET /data/core/ups/audiences/" + id), "there is an access log");
            for (String secret : new String[] {PASSWORD, SIGNATURE}) {
                assertFalse(log.toString().contains(secret), log.toString());
                assertFalse(answers.toString().contains(secret), answers.toString());
            }
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNamedWithoutItsPassword() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://localhost:1/postgres?password=" + PASSWORD,
                "pequel.authentication.open",
                "true",
                "quarkus.datasource.username",
                "pequel",
                "quarkus.datasource.password",
                PASSWORD));
        try (PackagedService service = PackagedService.start(settings)) {
            PackagedService.Ended ended = service.waitUntilItEnds();

            assertTrue(ended.status() != 0);
            assertFalse(ended.output().contains(PASSWORD), ended.output());
        }
    }

    /** As talkative as an operator who looks for an error can make it. */
    private static Map<String, String> settings(OwnPostgresql database) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("quarkus.datasource.password", PASSWORD);
        settings.put("quarkus.http.access-log.enabled", "true");
        // Whoever looks for jobs while the database is away says so at this level.
        settings.put("pequel.segmentation.job-poll", "200ms");
        return settings;
    }

    private static RequestSpecification request(String address) {
        return PackagedService.request(address)
                .header("Authorization", "Bearer " + TOKEN)
                .contentType("application/json");
    }
}
