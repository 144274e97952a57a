package dev.pequel.tenant;

import static dev.pequel.Eventually.eventually;
import static dev.pequel.PackagedService.request;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.OwnPostgresql;
import dev.pequel.PackagedService;
import dev.pequel.tenant.authentication.Roles;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are signed by one of the keys in a file. */
@Tag("native")
class KeyFileTokensIT {

    private static final KeyPair ONE = TestTokens.newKey();
    private static final KeyPair TWO = TestTokens.newKey();
    private static final KeyPair THREE = TestTokens.newKey();

    private static final Map<String, Object> CLAIMS =
            Map.of("organization", "acme@Org", "groups", List.of(Roles.READER));

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void theKeyThatATokenNamesIsTheOneThatCounts() throws Exception {
        Path file = directory.resolve("keys.json");
        Files.writeString(
                file,
                TestTokens.jwks(Map.of("1", ONE, "2", TWO))
                        .replace("\"kid\": \"2\"", "\"kid\": \"2\", \"alg\": \"RS256\""));
        try (OwnPostgresql database = new OwnPostgresql(directory.resolve("postgresql"))) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("pequel.authentication.jwks-file", file.toString());
            settings.put("pequel.authentication.open", "false");
            settings.put("quarkus.oidc.token.issuer", TestTokens.ISSUER);
            try (PackagedService service = PackagedService.start(settings)) {
                String address = service.address();
                assertEquals(200, status(address, token("1", ONE)));
                assertEquals(200, status(address, token("2", TWO)));
                list(address, Optional.empty()).statusCode(401).header("WWW-Authenticate", equalTo("Bearer"));
                refused(address, token("1", TWO));
                refused(address, token("3", ONE));
                assertEquals(200, status(address, signedOtherwise("1", ONE)));
                refused(address, signedOtherwise("2", TWO));
                refused(address, TestTokens.sign(CLAIMS));
                refused(address, "opaque");
                request(address).get("/q/health/live").then().statusCode(200);

                // The second key gives way to a third, which takes its name.
                Files.writeString(file, TestTokens.jwks(Map.of("1", ONE, "2", THREE)));
                eventually(() -> status(address, token("2", THREE)) == 200);
                assertEquals(200, status(address, token("1", ONE)));
                refused(address, token("2", TWO));
            }
        }
    }

    private static void refused(String address, String token) {
        list(address, Optional.of(token))
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""));
    }

    private static int status(String address, String token) {
        return list(address, Optional.of(token)).extract().statusCode();
    }

    private static ValidatableResponse list(String address, Optional<String> token) {
        RequestSpecification request =
                request(address).header(Caller.ORGANIZATION, "acme@Org").header(Caller.SANDBOX, "prod");
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request.get("/data/core/ups/audiences").then();
    }

    private static String token(String id, KeyPair key) {
        return TestTokens.sign(id, key, CLAIMS);
    }

    private static String signedOtherwise(String id, KeyPair key) {
        return TestTokens.sign(id, key, SignatureAlgorithm.PS256, CLAIMS);
    }
}
