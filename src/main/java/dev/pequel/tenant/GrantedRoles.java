package dev.pequel.tenant;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Set;

/** Turns the roles that a token names into Pequel's. */
@ApplicationScoped
class GrantedRoles implements SecurityIdentityAugmentor {

    private final AuthenticationSettings settings;

    GrantedRoles(AuthenticationSettings settings) {
        this.settings = settings;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(identity.getPrincipal())
                        .setAnonymous(identity.isAnonymous())
                        .addCredentials(identity.getCredentials())
                        .addAttributes(identity.getAttributes())
                        .addRoles(granted(identity.getRoles()))
                        .build());
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
