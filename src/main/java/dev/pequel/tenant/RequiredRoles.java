package dev.pequel.tenant;

import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Whether anybody needs a role. Where the service is open, nobody's roles are looked at, nor who they are. */
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
