package dev.pequel.console;

import dev.pequel.tenant.authentication.TokenVerification;
import java.util.Optional;

/** How a user of the console obtains a token. */
sealed interface SignIn {

    /** No token is needed, because authentication is disabled. */
    record None() implements SignIn {}

    /** The user pastes a token. */
    record PastedToken() implements SignIn {}

    /**
     * The user signs in at a token provider (OpenID Connect, authorization code with PKCE).
     *
     * @param issuer the address of the provider, without a slash at its end
     */
    record Provider(String issuer, String clientId, String scope) implements SignIn {}

    static SignIn of(TokenVerification verification, ConsoleSettings settings) {
        return switch (verification) {
            case TokenVerification.Disabled disabled -> new None();
            case TokenVerification.LocalKeys local -> of(settings.issuer(), settings);
            case TokenVerification.Provider provider ->
                of(settings.issuer().or(() -> Optional.of(provider.issuer())), settings);
        };
    }

    private static SignIn of(Optional<String> issuer, ConsoleSettings settings) {
        return issuer.isPresent() && settings.clientId().isPresent()
                ? new Provider(
                        issuer.get().replaceFirst("/+$", ""),
                        settings.clientId().get(),
                        settings.scope())
                : new PastedToken();
    }
}
