package dev.pequel.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.tenant.TenantSettings;
import dev.pequel.tenant.authentication.AuthenticationSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page of the console is told of the settings. */
class ConsoleConfigurationTest {

    private static final Map<String, String> TENANT =
            Map.of("pequel.tenant.default-organization", "acme", "pequel.tenant.default-sandbox", "prod");

    @Test
    void theDefaultTenantIsNamedWhereEverybodyMayUseIt() {
        assertEquals("""
                {"signIn":"none","organization":"acme","sandbox":"prod","needsApiKey":false,\
                "organizationClaim":"organization","sandboxesClaim":"sandboxes"}""", configuration(new SignIn.None(), TENANT));
    }

    @Test
    void elsewhereTheDefaultTenantIsNotTold() {
        assertEquals("""
                {"signIn":"token","needsApiKey":false,"organizationClaim":"organization","sandboxesClaim":"sandboxes"}""", configuration(new SignIn.PastedToken(), TENANT));
    }

    @Test
    void keysAreNotTold() {
        assertEquals(
                """
                {"signIn":"oidc","issuer":"https://id.example.com","clientId":"console","scope":"openid",\
                "needsApiKey":true,"organizationClaim":"org","sandboxesClaim":"sandboxes"}""",
                configuration(
                        new SignIn.Provider("https://id.example.com", "console", "openid"),
                        Map.of(
                                "pequel.authentication.api-keys", "secret",
                                "pequel.authentication.organization-claim", "org")));
    }

    private static String configuration(SignIn signIn, Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(AuthenticationSettings.class)
                .withMapping(TenantSettings.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return ConsoleConfiguration.of(
                        signIn,
                        config.getConfigMapping(AuthenticationSettings.class),
                        config.getConfigMapping(TenantSettings.class))
                .toString();
    }
}
