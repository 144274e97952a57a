package dev.pequel.tenant.authentication;

import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Set;

/** Maps the roles in a token to {@link Roles}. A token with malformed role claims has no roles. */
@ApplicationScoped
class GrantedRoles implements SecurityIdentityAugmentor {

    private final AuthenticationSettings settings;
    private final RoleClaims roleClaims;

    GrantedRoles(AuthenticationSettings settings, RoleClaims roleClaims) {
        this.settings = settings;
        this.roleClaims = roleClaims;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(identity.getPrincipal())
                        .setAnonymous(identity.isAnonymous())
                        .addCredentials(identity.getCredentials())
                        .addAttributes(identity.getAttributes())
                        .addRoles(isWellFormed(identity) ? granted(identity.getRoles()) : Set.of())
                        .build());
    }

    private boolean isWellFormed(SecurityIdentity identity) {
        return !(identity.getPrincipal() instanceof OidcJwtCallerPrincipal token)
                || roleClaims.areWellFormed(TokenClaims.of(token));
    }

    private Set<String> granted(Set<String> named) {
        if (isOneOf(named, settings.adminRoles())) {
            return Set.of(Roles.READER, Roles.EDITOR, Roles.ADMIN);
        }
        if (isOneOf(named, settings.editorRoles())) {
            return Set.of(Roles.READER, Roles.EDITOR);
        }
        return isOneOf(named, settings.readerRoles()) ? Set.of(Roles.READER) : Set.of();
    }

    private static boolean isOneOf(Set<String> named, Set<String> role) {
        return !Collections.disjoint(named, role);
    }
}
