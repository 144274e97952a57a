package dev.pequel.tenant.authentication;

import static dev.pequel.PackagedService.request;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pequel.OwnPostgresql;
import dev.pequel.PackagedService;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.TestTokens;
import io.restassured.http.Header;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an OpenID Connect provider that is known by its address. */
@Tag("native")
class TokenIssuerIT {

    private static final String AUDIENCES = "/data/core/ups/audiences";

    @TempDir
    Path directory;

    /** A provider that does not answer at first. */
    private static final class Provider implements AutoCloseable {

        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private final HttpServer server;
        private final String issuer;
        private volatile boolean answering;

        Provider() throws IOException {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            issuer = "http://localhost:" + server.getAddress().getPort();
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, """
                    {"issuer": "%1$s", "jwks_uri": "%1$s/keys"}
                    """.formatted(issuer)));
            server.createContext(
                    "/keys", exchange -> answer(exchange, TestTokens.jwks(Map.of("k1", TestTokens.key()))));
            server.start();
        }

        private void answer(HttpExchange exchange, String body) throws IOException {
            requests.add(exchange.getRequestURI().getPath());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answering ? 200 : 503, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }

        private String token() {
            return Jwt.claims(Map.of("organization", "acme@Org", "groups", List.of(Roles.READER)))
                    .issuer(issuer)
                    .expiresIn(600)
                    .jws()
                    .keyId("k1")
                    .sign(TestTokens.key().getPrivate());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    @Timeout(120)
    void aProviderThatIsAwayAtStartIsAskedAgainUntilItAnswers() throws Exception {
        try (Provider provider = new Provider();
                OwnPostgresql database = new OwnPostgresql(directory)) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("quarkus.oidc.auth-server-url", provider.issuer);
            settings.put("pequel.authentication.open", "false");
            try (PackagedService service = PackagedService.start(settings)) {
                String address = service.address();
                assertEquals(List.of("/.well-known/openid-configuration"), provider.requests);
                request(address).get("/q/health/live").then().statusCode(200);
                assertEquals(1, provider.requests.size());
                caller(address).get(AUDIENCES).then().statusCode(401);

                Header token = new Header("Authorization", "Bearer " + provider.token());
                caller(address)
                        .header(token)
                        .get(AUDIENCES)
                        .then()
                        .statusCode(503)
                        .body("status", equalTo(503))
                        .header("Retry-After", notNullValue());

                provider.answering = true;
                caller(address).header(token).get(AUDIENCES).then().statusCode(200);
                int asked = provider.requests.size();
                caller(address).header(token).get(AUDIENCES).then().statusCode(200);
                assertEquals(asked, provider.requests.size());
            }
        }
    }

    private static RequestSpecification caller(String address) {
        return request(address).header(Caller.ORGANIZATION, "acme@Org").header(Caller.SANDBOX, "prod");
    }
}
