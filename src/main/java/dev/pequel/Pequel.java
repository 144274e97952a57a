package dev.pequel;

import dev.pequel.command.Commands;
import io.quarkus.runtime.Quarkus;
import java.util.List;

/** The entry point of the production artifact. */
public final class Pequel {
    private static final String DATABASE = "quarkus.datasource.jdbc.url";

    /** The settings of which at least one is required to verify tokens. */
    private static final List<String> ISSUERS = List.of(
            "quarkus.oidc.auth-server-url",
            "quarkus.oidc.public-key",
            "quarkus.oidc.certificate-chain.trust-store-file",
            "pequel.authentication.jwks-file");

    private static final String OPEN = "pequel.authentication.open";

    private Pequel() {}

    /**
     * Starts the service. If no database, or neither verification of tokens nor open access, is configured, prints
     * the missing settings and exits with status 1. With the argument {@code health}, checks a running service
     * instead, and exits with status 0 if it is ready. Any other argument is a command of {@link Commands}.
     */
    public static void main(String... args) {
        if (args.length > 0 && !args[0].equals("health")) {
            System.exit(Commands.run(args));
        }
        BootstrapConfig settings = new BootstrapConfig();
        if (args.length > 0) {
            System.exit(HealthProbe.of(settings).isReady() ? 0 : 1);
        }
        // Checked before Quarkus starts, which reports a missing database by a page of stack traces.
        if (settings.find(DATABASE).isEmpty()) {
            System.err.println("Pequel needs a PostgreSQL database: set QUARKUS_DATASOURCE_JDBC_URL"
                    + " (jdbc:postgresql://HOST:5432/DATABASE), QUARKUS_DATASOURCE_USERNAME and"
                    + " QUARKUS_DATASOURCE_PASSWORD.");
            System.exit(1);
        }
        boolean closed =
                ISSUERS.stream().anyMatch(issuer -> settings.find(issuer).isPresent());
        if (!closed && settings.find(OPEN).filter(Boolean::parseBoolean).isEmpty()) {
            System.err.println("Pequel requires a way to verify tokens: set QUARKUS_OIDC_AUTH_SERVER_URL (the issuer),"
                    + " QUARKUS_OIDC_PUBLIC_KEY or PEQUEL_AUTHENTICATION_JWKS_FILE (the keys that tokens are signed"
                    + " with), or PEQUEL_AUTHENTICATION_OPEN=true to allow every request.");
            System.exit(1);
        }
        // The framework refuses malformed URIs without a reason. RequestUriValidation refuses them instead.
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(args);
    }
}
