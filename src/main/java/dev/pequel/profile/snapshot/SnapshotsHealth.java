package dev.pequel.profile.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: reports the snapshots in memory, of all tenants together. The status is always up, because a missing
 * snapshot is read when it is requested.
 */
@Readiness
@ApplicationScoped
class SnapshotsHealth implements HealthCheck {

    private final Snapshots snapshots;

    SnapshotsHealth(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("Snapshots")
                .up()
                .withData("inMemory", snapshots.count())
                .withData("beingRead", snapshots.beingRead())
                .withData("profiles", snapshots.profiles())
                .withData("bytes", snapshots.bytes())
                .withData("budgetBytes", snapshots.budget())
                .withData("oldestInSeconds", snapshots.ageInSeconds());
        snapshots.lastRefusal().ifPresent(time -> response.withData("lastTooLarge", time.toString()));
        snapshots.lastFailure().ifPresent(time -> response.withData("lastFailure", time.toString()));
        return response.build();
    }
}
