package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * A service that verifies tokens by a public key, asks for an API key, and has names of its own for roles. Users of its
 * console sign in at a token provider.
 */
public final class VerifiedTokens implements QuarkusTestProfile {

    /** One of those that are accepted. */
    public static final String API_KEY = "key-2";

    /** Whose pages may call. */
    public static final String ORIGIN = "https://console.example.com";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(TestTokens.settings());
        settings.put("pequel.sample.enabled", "false");
        settings.put("pequel.authentication.api-keys", "key-1," + API_KEY);
        settings.put("pequel.request.allowed-origins", ORIGIN);
        settings.put("pequel.authentication.editor-roles", "audience-editor,Marketing Team");
        settings.put("pequel.console.client-id", "console");
        settings.put("pequel.console.issuer", "http://localhost:" + freePort());
        return settings;
    }

    /** Where tests of the console start a token provider. */
    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
