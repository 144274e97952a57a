package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the tables are still those that the service made or found when it started. They are not when an older backup was
 * restored meanwhile. Tables of a newer version are usual while replicas are replaced one by one, and no reason not to be ready.
 */
@Readiness
@ApplicationScoped
class MigrationsHealth implements HealthCheck {

    private final Migrations migrations;

    MigrationsHealth(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("Migrations").withData("needed", list(Migrations.VERSIONS));
        try {
            Set<String> applied = migrations.applied();
            Set<String> missing = without(Migrations.VERSIONS, applied);
            Set<String> newer = without(applied, Migrations.VERSIONS);
            response.withData("applied", list(applied)).status(missing.isEmpty());
            if (!missing.isEmpty()) {
                response.withData(
                        "reason", "The database lacks " + list(missing) + ". A start of the service carries them out.");
            } else if (!newer.isEmpty()) {
                response.withData("newer", list(newer));
            }
            return response.build();
        } catch (DatabaseException e) {
            // Its message may tell what is nobody's business, and the log has it.
            return response.down()
                    .withData("reason", "The database does not answer.")
                    .build();
        }
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(version -> !others.contains(version)).collect(Collectors.toSet());
    }

    /** In the order in which they are carried out. */
    private static String list(Set<String> versions) {
        return versions.stream().sorted(Comparator.comparing(Integer::valueOf)).collect(Collectors.joining(", "));
    }
}
