package dev.pequel.tenant.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said at start of whose tokens are accepted. */
class TokenIssuerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quarkus.oidc.public-key=x | Tokens that were issued for other services are accepted if",
                "quarkus.oidc.public-key=x quarkus.oidc.token.issuer=any | Tokens that were issued for other services",
                "quarkus.oidc.auth-server-url=http://x | Tokens that were issued for other services are accepted if",
                "quarkus.oidc.public-key=x quarkus.oidc.token.issuer=http://x |",
                "quarkus.oidc.public-key=x quarkus.oidc.token.audience=pequel |",
                "quarkus.oidc.public-key=x quarkus.oidc.token.audience=a,b quarkus.oidc.token.issuer=any |",
                "pequel.authentication.open=true | Authentication is disabled",
                "pequel.authentication.open=true quarkus.oidc.public-key=x | Tokens that were issued for other services",
            })
    void aStartWarnsOfTokensForOtherServices(String settings, String expected) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings.split(" ")) {
            values.put(setting.split("=")[0], setting.split("=")[1]);
        }
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OidcConfig.class)
                .withMapping(AuthenticationSettings.class)
                .withDefaultValues(values)
                .build();
        TokenIssuer issuer = new TokenIssuer(
                config.getConfigMapping(OidcConfig.class),
                config.getConfigMapping(AuthenticationSettings.class),
                Clock.systemUTC());

        List<String> warnings = loggedBy(() -> issuer.warnAtStart(new StartupEvent()));

        assertEquals(expected == null ? 0 : 1, warnings.size(), warnings.toString());
        warnings.forEach(line -> assertEquals(expected, line.substring(0, expected.length())));
    }

    private static List<String> loggedBy(Runnable work) {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(TokenIssuer.class.getName());
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }
}
