package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports the state of row-level security. The check is always up, because the service isolates sandboxes without it
 * too.
 */
@Readiness
@ApplicationScoped
class RowSecurityHealth implements HealthCheck {

    private final RowSecurity security;

    RowSecurityHealth(RowSecurity security) {
        this.security = security;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Row-level security")
                .up()
                .withData("state", security.state().text())
                .build();
    }
}
