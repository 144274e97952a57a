package dev.pequel.tenant;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider that is known by its address. */
@QuarkusTest
@TestProfile(TokenIssuerTest.WithProvider.class)
class TokenIssuerTest {

    public static final class WithProvider implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Provider.class));
        }
    }

    /** A provider that does not answer at first. */
    public static final class Provider implements QuarkusTestResourceLifecycleManager {

        private static final List<String> REQUESTS = Collections.synchronizedList(new ArrayList<>());
        private static volatile boolean answering;
        private static volatile String issuer;

        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            issuer = "http://localhost:" + server.getAddress().getPort();
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, """
                    {"issuer": "%1$s", "jwks_uri": "%1$s/keys"}
                    """.formatted(issuer)));
            server.createContext(
                    "/keys", exchange -> answer(exchange, TestTokens.jwks(Map.of("k1", TestTokens.key()))));
            server.start();
            return Map.of("quarkus.oidc.auth-server-url", issuer, "pequel.authentication.open", "false");
        }

        @Override
        public void stop() {
            server.stop(0);
        }

        private static void answer(HttpExchange exchange, String body) throws IOException {
            REQUESTS.add(exchange.getRequestURI().getPath());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answering ? 200 : 503, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Test
    void aProviderThatIsAwayAtStartIsAskedAgainUntilItAnswers() {
        assertEquals(List.of("/.well-known/openid-configuration"), Provider.REQUESTS);
        given().get("/q/health/live").then().statusCode(200);
        assertEquals(1, Provider.REQUESTS.size());
        list(null).statusCode(401);

        list(token()).statusCode(503).body("status", equalTo(503)).header("Retry-After", notNullValue());

        Provider.answering = true;
        list(token()).statusCode(200);
        int asked = Provider.REQUESTS.size();
        list(token()).statusCode(200);
        assertEquals(asked, Provider.REQUESTS.size());
    }

    private static String token() {
        return Jwt.claims(Map.of("organization", "acme@Org", "groups", List.of(Roles.READER)))
                .issuer(Provider.issuer)
                .expiresIn(600)
                .jws()
                .keyId("k1")
                .sign(TestTokens.key().getPrivate());
    }

    private static ValidatableResponse list(String token) {
        var request = given().header(Caller.ORGANIZATION, "acme@Org").header(Caller.SANDBOX, "prod");
        return (token == null ? request : request.header("Authorization", "Bearer " + token))
                .get("/data/core/ups/audiences")
                .then();
    }
}
