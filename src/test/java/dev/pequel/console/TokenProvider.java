package dev.pequel.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * An OpenID Connect provider at which everybody is signed in already: it redirects at once, and gives a token for the code
 * to the client that knows the verifier (RFC 7636).
 */
final class TokenProvider implements AutoCloseable {

    private static final String CODE = "code-1";

    private final HttpServer server;
    private final String issuer;
    private final String token;
    private final AtomicReference<String> challenge = new AtomicReference<>("");
    private final AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());

    private TokenProvider(HttpServer server, String issuer, String token) {
        this.server = server;
        this.issuer = issuer;
        this.token = token;
    }

    /** Listens at the address of an issuer on this machine. */
    static TokenProvider start(String issuer, String token) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress("localhost", URI.create(issuer).getPort()), 0);
        TokenProvider provider = new TokenProvider(server, issuer, token);
        server.createContext("/.well-known/openid-configuration", provider::discovery);
        server.createContext("/authorize", provider::authorize);
        server.createContext("/token", provider::token);
        server.start();
        return provider;
    }

    /** Answers the next sign-in with this error. */
    void refuse(String error) {
        refusal.set(Optional.of(error));
    }

    private void discovery(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("issuer", issuer)
                        .put("authorization_endpoint", issuer + "/authorize")
                        .put("token_endpoint", issuer + "/token"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange.getRequestURI().getRawQuery());
        boolean isComplete = "S256".equals(request.get("code_challenge_method"))
                && "code".equals(request.get("response_type"))
                && "console".equals(request.get("client_id"));
        challenge.set(request.getOrDefault("code_challenge", ""));
        String answer = refusal.getAndSet(Optional.empty())
                .or(() -> isComplete ? Optional.empty() : Optional.of("invalid_request"))
                .map(error -> "?error=" + error)
                .orElse("?code=" + CODE);
        exchange.getResponseHeaders()
                .set("Location", request.get("redirect_uri") + answer + "&state=" + request.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> request =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (CODE.equals(request.get("code"))
                && challenge.getAndSet("").equals(challenge(request.getOrDefault("code_verifier", "")))) {
            answer(
                    exchange,
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("access_token", token)
                            .put("token_type", "Bearer")
                            .put("expires_in", 600));
        } else {
            answer(exchange, 400, JsonNodeFactory.instance.objectNode().put("error", "invalid_grant"));
        }
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
