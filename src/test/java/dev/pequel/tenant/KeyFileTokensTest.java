package dev.pequel.tenant;

import static dev.pequel.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens that are signed by one of the keys in a file. */
@QuarkusTest
@TestProfile(KeyFileTokensTest.WithFile.class)
class KeyFileTokensTest {

    private static final Path FILE = Path.of("target", "keys-of-tokens.json");

    private static final KeyPair ONE = TestTokens.newKey();
    private static final KeyPair TWO = TestTokens.newKey();
    private static final KeyPair THREE = TestTokens.newKey();

    public static final class WithFile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            write(Map.of("1", ONE, "2", TWO));
            return Map.of(
                    "pequel.authentication.jwks-file",
                    FILE.toString(),
                    "pequel.authentication.open",
                    "false",
                    "quarkus.oidc.token.issuer",
                    TestTokens.ISSUER);
        }
    }

    @Test
    @Timeout(120)
    void theKeyThatATokenNamesIsTheOneThatCounts() {
        write(Map.of("1", ONE, "2", TWO));
        eventually(() -> status(token("1", ONE)) == 200 && status(token("2", TWO)) == 200);
        list(null).statusCode(401).header("WWW-Authenticate", equalTo("Bearer"));
        refused(token("1", TWO));
        refused(token("3", ONE));
        refused(TestTokens.sign(Map.of("organization", "acme@Org", "groups", List.of(Roles.READER))));
        refused("opaque");
        given().get("/q/health/live").then().statusCode(200);

        // The second key gives way to a third, which takes its name.
        write(Map.of("1", ONE, "2", THREE));
        eventually(() -> status(token("2", THREE)) == 200);
        list(token("1", ONE)).statusCode(200);
        refused(token("2", TWO));
    }

    private static void refused(String token) {
        list(token).statusCode(401).header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""));
    }

    private static int status(String token) {
        return list(token).extract().statusCode();
    }

    private static ValidatableResponse list(String token) {
        RequestSpecification request =
                given().header(Caller.ORGANIZATION, "acme@Org").header(Caller.SANDBOX, "prod");
        return (token == null ? request : request.header("Authorization", "Bearer " + token))
                .get("/data/core/ups/audiences")
                .then();
    }

    private static String token(String id, KeyPair key) {
        return TestTokens.sign(id, key, Map.of("organization", "acme@Org", "groups", List.of(Roles.READER)));
    }

    private static void write(Map<String, KeyPair> keys) {
        try {
            Files.writeString(FILE, TestTokens.jwks(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
