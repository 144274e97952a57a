package dev.pequel.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Who may call. The provider of tokens, and the claim with the roles, are settings of {@code quarkus.oidc}. */
@ConfigMapping(prefix = "pequel.authentication")
interface AuthenticationSettings {

    /** Whether everybody may do everything when no provider of tokens is set. With a provider it means nothing. */
    @WithDefault("false")
    boolean open();

    /** A file with the public keys of accepted tokens, a JWK Set (RFC 7517); read again once it is replaced. */
    Optional<Path> jwksFile();

    /** The claim that names the token's organization, or several of them. */
    @WithDefault("organization")
    String organizationClaim();

    /** The claim that lists the sandboxes the token is for. A token without it is for all of its organization. */
    @WithDefault("sandboxes")
    String sandboxesClaim();

    /** What the token calls the role {@code audience-reader}; any of these will do. */
    @WithDefault(Roles.READER)
    Set<String> readerRoles();

    /** What the token calls the role {@code audience-editor}. */
    @WithDefault(Roles.EDITOR)
    Set<String> editorRoles();

    /** What the token calls the role {@code audience-admin}. */
    @WithDefault(Roles.ADMIN)
    Set<String> adminRoles();

    /** The values of {@code x-api-key} that are accepted; without them any value is, and none. */
    Optional<Set<String>> apiKeys();
}
