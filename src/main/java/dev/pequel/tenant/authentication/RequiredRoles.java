package dev.pequel.tenant.authentication;

import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Disables authorization if the service is open. Then neither roles nor identities are checked. */
@Alternative
@Priority(Interceptor.Priority.LIBRARY_AFTER)
@Singleton
class RequiredRoles extends AuthorizationController {

    private final TokenIssuer issuer;

    RequiredRoles(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public boolean isAuthorizationEnabled() {
        return !issuer.isOpen();
    }
}
