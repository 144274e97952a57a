package dev.pequel.tenant.authentication;

/** How this service verifies the tokens of callers. */
public sealed interface TokenVerification {

    /** Tokens are not verified: every caller has all roles. */
    record Disabled() implements TokenVerification {}

    /** Tokens are verified with public keys from the settings or from a file. */
    record LocalKeys() implements TokenVerification {}

    /**
     * Tokens are verified with the keys that a token provider publishes.
     *
     * @param issuer the address of the provider, below which is its OpenID Connect discovery document
     */
    record Provider(String issuer) implements TokenVerification {}
}
