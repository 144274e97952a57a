package dev.pequel.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.flywaydb.core.Flyway;

/**
 * Migrates the database at start, before anything else uses it. {@code quarkus.flyway.migrate-at-start} is not used,
 * because the first deadlock would stop the start.
 */
@ApplicationScoped
class Migrations {

    private final Flyway flyway;

    Migrations(Flyway flyway) {
        this.flyway = flyway;
    }

    void migrate(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        DeadlockRetry.run(flyway::migrate);
    }
}
