package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.tenant.TestTokens;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and tokens are in no log, however much is logged, and in no answer. */
@Timeout(180)
@Tag("native")
class SecretsIT {

    private static final String PASSWORD = "canary-password-4711";
    private static final String API_KEY = "canary-key-4714";
    private static final String ORGANIZATION = "acme@Org";
    private static final List<String> ADMIN = List.of("audience-admin");
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
            eventually(() -> log.indexOf("DEBUG") >= 0);
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

    /** What the service gets to see once it verifies tokens: good ones, such as are for other services, and keys. */
    @Test
    void neitherVerifiedTokensNorWhatOpensTheServiceAreLogged() throws Exception {
        String good =
                TestTokens.sign(Map.of("sub", "jane", "aud", "pequel", "organization", ORGANIZATION, "groups", ADMIN));
        String withoutSubject = TestTokens.sign(Map.of("aud", "pequel", "organization", ORGANIZATION, "groups", ADMIN));
        List<String> refused = List.of(
                TestTokens.sign(Map.of("sub", "jane", "aud", "pequel", "organization", "other@Org", "groups", ADMIN)),
                signed(TestTokens.key(), token -> token.issuer("https://other.example")),
                signed(TestTokens.key(), token -> token.audience("another-service")),
                signed(TestTokens.key(), token -> token.expiresAt(1_000_000_000)),
                signed(TestTokens.newKey(), token -> token),
                "opaque-canary-token-4713");
        StringBuffer log = new StringBuffer();
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            Map<String, String> settings = new HashMap<>(settings(database));
            settings.putAll(TestTokens.settings());
            settings.put("quarkus.oidc.token.audience", "pequel");
            settings.put("quarkus.oidc.credentials.secret", PASSWORD);
            settings.put("pequel.authentication.api-keys", API_KEY);
            try (PackagedService service = PackagedService.start(
                    settings,
                    List.of(
                            "-Dquarkus.log.category.\"dev.pequel\".level=DEBUG",
                            "-Dquarkus.log.category.\"io.quarkus.oidc\".level=DEBUG",
                            "-Dquarkus.log.category.\"io.quarkus.security\".level=DEBUG"),
                    line -> log.append(line).append('\n'))) {
                StringBuilder answers = new StringBuilder();
                for (String token : List.of(good, withoutSubject)) {
                    verified(service.address(), token)
                            .body("{\"name\": \"A\", \"expression\": {\"value\": \"a = 1\"}}")
                            .post("/data/core/ups/audiences")
                            .then()
                            .statusCode(200);
                }
                answers.append(verified(service.address(), good)
                        .get("/data/core/ups/audiences")
                        .asString());
                answers.append(verified(service.address(), good)
                        .get("/data/core/ups/audit/events")
                        .asString());
                answers.append(verified(service.address(), good)
                        .header("x-api-key", "x")
                        .get("/data/core/ups/audiences")
                        .asString());
                for (String token : refused) {
                    var answer = verified(service.address(), token).get("/data/core/ups/audiences");
                    assertTrue(List.of(401, 403).contains(answer.statusCode()), answer.asString());
                    answers.append(answer.asString());
                }
                eventually(() -> log.indexOf("DEBUG") >= 0);
                service.close();

                List<String> secrets = new ArrayList<>(refused);
                secrets.addAll(List.of(good, withoutSubject, PASSWORD, API_KEY));
                for (String secret : secrets) {
                    // Of a token what makes it one: claims alone open nothing.
                    String part = secret.substring(secret.lastIndexOf('.') + 1);
                    assertFalse(log.toString().contains(part), log.toString());
                    assertFalse(answers.toString().contains(part), answers.toString());
                }
            }
        }
    }

    /** A token that would be a good one but for what is changed of it, or whose key signs it. */
    private static String signed(KeyPair key, UnaryOperator<JwtClaimsBuilder> change) {
        return change.apply(Jwt.claims(Map.<String, Object>of("sub", "jane"))
                        .issuer(TestTokens.ISSUER)
                        .audience("pequel")
                        .expiresIn(600))
                .sign(key.getPrivate());
    }

    private static RequestSpecification verified(String address, String token) {
        return PackagedService.request(address)
                .header("x-gw-ims-org-id", ORGANIZATION)
                .header("x-api-key", API_KEY)
                .header("Authorization", "Bearer " + token)
                .contentType("application/json");
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
