package dev.pequel.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The console, and the sign-in of its users. */
@ConfigMapping(prefix = "pequel.console")
interface ConsoleSettings {

    /** Serves the console at {@code /console}, and redirects {@code /} there. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Client id with which users of the console sign in at the token provider (OpenID Connect, authorization code with
     * PKCE). When it is not set, users paste a token.
     */
    Optional<String> clientId();

    /**
     * Address of the token provider for browsers, if it differs from {@code quarkus.oidc.auth-server-url}. It has no
     * effect without a client id.
     */
    Optional<String> issuer();

    /** Scopes that the console requests at sign-in, separated by spaces. */
    @WithDefault("openid")
    String scope();
}
