package dev.pequel.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.tenant.authentication.TokenVerification;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the settings decide the sign-in of the console, and which token provider its page may call. */
class SignInTest {

    private static final String PAGE = "<script type=\"importmap\">{}</script>";
    private static final TokenVerification DISABLED = new TokenVerification.Disabled();
    private static final TokenVerification LOCAL = new TokenVerification.LocalKeys();
    private static final TokenVerification PROVIDER =
            new TokenVerification.Provider("https://id.example.com/realms/pequel/");

    private record Settings(Optional<String> clientId, Optional<String> issuer) implements ConsoleSettings {

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public String scope() {
            return "openid";
        }
    }

    @Test
    void nobodySignsInWhereAuthenticationIsDisabled() {
        assertEquals(new SignIn.None(), signIn(DISABLED, null, null));
        assertEquals(new SignIn.None(), signIn(DISABLED, "console", "https://id.example.com"));
    }

    @Test
    void withoutAClientOrAProviderUsersPasteAToken() {
        assertEquals(new SignIn.PastedToken(), signIn(LOCAL, null, null));
        assertEquals(new SignIn.PastedToken(), signIn(LOCAL, "console", null));
        assertEquals(new SignIn.PastedToken(), signIn(LOCAL, null, "https://id.example.com"));
        assertEquals(new SignIn.PastedToken(), signIn(PROVIDER, null, null));
    }

    @Test
    void usersSignInAtTheProviderThatVerifiesTokens() {
        assertEquals(
                new SignIn.Provider("https://id.example.com/realms/pequel", "console", "openid"),
                signIn(PROVIDER, "console", null));
    }

    @Test
    void browsersMayKnowTheProviderByAnotherAddress() {
        SignIn.Provider expected = new SignIn.Provider("https://login.example.com", "console", "openid");

        assertEquals(expected, signIn(PROVIDER, "console", "https://login.example.com"));
        assertEquals(expected, signIn(LOCAL, "console", "https://login.example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example.com/realms/pequel, https://id.example.com",
        "http://localhost:8180/realms/pequel, http://localhost:8180",
        "https://[::1]:8443, https://[::1]:8443",
    })
    void thePageMayConnectToTheProvider(String issuer, String origin) {
        String policy = ContentSecurityPolicy.of(PAGE, signIn(PROVIDER, "console", issuer));

        assertTrue(policy.contains("connect-src 'self' " + origin + ";"), policy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id.example.com", "", "https://id.example.com; script-src *", "mailto:x@example.com"})
    void anAddressThatIsNoneIsRefused(String issuer) {
        SignIn signIn = signIn(PROVIDER, "console", issuer);

        assertThrows(ConfigurationException.class, () -> ContentSecurityPolicy.of(PAGE, signIn));
    }

    private static SignIn signIn(TokenVerification verification, String clientId, String issuer) {
        return SignIn.of(verification, new Settings(Optional.ofNullable(clientId), Optional.ofNullable(issuer)));
    }
}
