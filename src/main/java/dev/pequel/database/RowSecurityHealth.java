package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether PostgreSQL keeps the sandboxes apart too. The service is ready without that, as it keeps them apart itself. */
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
