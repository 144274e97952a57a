package dev.pequel.database;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Checks that the database has all migrations of this version of the service. They are missing when an older backup
 * was restored after the start. Migrations of a newer version are normal during a rolling upgrade.
 */
@Readiness
@Startup
@ApplicationScoped
class MigrationsHealth implements HealthCheck {

    private final Database database;

    /** Read once, because Flyway reads all files for it. */
    private final Set<MigrationVersion> needed;

    MigrationsHealth(Database database, Flyway flyway) {
        this.database = database;
        this.needed = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("Migrations").withData("needed", list(needed));
        try {
            Set<MigrationVersion> applied = applied();
            Set<MigrationVersion> missing = without(needed, applied);
            Set<MigrationVersion> newer = without(applied, needed);
            response.withData("applied", list(applied)).status(missing.isEmpty());
            if (!missing.isEmpty()) {
                response.withData(
                        "reason",
                        "The database lacks " + list(missing) + ". They are applied when the service starts.");
            } else if (!newer.isEmpty()) {
                response.withData("newer", list(newer));
            }
            return response.build();
        } catch (DatabaseException e) {
            // The response is public, and the message may be confidential. It is in the log.
            return response.down()
                    .withData("reason", "The database does not respond.")
                    .build();
        }
    }

    private Set<MigrationVersion> applied() {
        return database.call(connection -> new TreeSet<>(Sql.list(
                connection,
                "select version from flyway_schema_history where success and version is not null",
                row -> MigrationVersion.fromVersion(row.getString(1)))));
    }

    private static Set<MigrationVersion> without(Set<MigrationVersion> some, Set<MigrationVersion> others) {
        Set<MigrationVersion> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static String list(Set<MigrationVersion> versions) {
        return versions.stream().map(MigrationVersion::getVersion).collect(Collectors.joining(", "));
    }
}
