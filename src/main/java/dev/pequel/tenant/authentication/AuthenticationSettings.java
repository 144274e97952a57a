package dev.pequel.tenant.authentication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Accepted tokens and API keys. The token provider, and the claim with the roles, are settings of
 * {@code quarkus.oidc}.
 */
@ConfigMapping(prefix = "pequel.authentication")
public interface AuthenticationSettings {

    /**
     * Grants every caller all roles without a token. The setting has no effect when a key or a token provider is set.
     */
    @WithDefault("false")
    boolean open();

    /**
     * File with the public keys of the accepted tokens, a JWK Set (RFC 7517). A replaced file is read again
     * within a second.
     */
    Optional<Path> jwksFile();

    /** Claim that names the organization of a token, as a string or an array of strings. */
    @WithDefault("organization")
    String organizationClaim();

    /**
     * Claim that names the sandboxes of a token, as a string or an array of strings. A token without it is valid for
     * all sandboxes of its organization.
     */
    @WithDefault("sandboxes")
    String sandboxesClaim();

    /** Names in tokens, separated by commas, that grant the role {@code audience-reader}. */
    @WithDefault(Roles.READER)
    Set<String> readerRoles();

    /** Names in tokens, separated by commas, that grant the role {@code audience-editor}. */
    @WithDefault(Roles.EDITOR)
    Set<String> editorRoles();

    /** Names in tokens, separated by commas, that grant the role {@code audience-admin}. */
    @WithDefault(Roles.ADMIN)
    Set<String> adminRoles();

    /**
     * Accepted values of the header {@code x-api-key}, separated by commas; other requests are answered with 403. When
     * it is not set, the header is optional and may have any value.
     */
    Optional<Set<String>> apiKeys();
}
