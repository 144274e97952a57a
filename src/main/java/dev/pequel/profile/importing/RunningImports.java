package dev.pequel.profile.importing;

import dev.pequel.database.DatabaseException;
import dev.pequel.database.SandboxScope;
import dev.pequel.profile.ProfilesChanged;
import dev.pequel.profile.importing.ImportJobWriter.Abandoned;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Keeps the imports of this process alive, and fails imports whose process was killed or lost the database, so that no
 * job stays in progress forever.
 */
@ApplicationScoped
class RunningImports {

    private static final Logger LOG = Logger.getLogger(RunningImports.class);
    private static final Duration INTERVAL = ImportJobWriter.LEASE.dividedBy(6);

    private final ImportJobWriter jobs;
    private final SandboxScope rows;
    private final Event<ProfilesChanged> changes;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("running-imports").daemon().unstarted(task));

    RunningImports(ImportJobWriter jobs, SandboxScope rows, Event<ProfilesChanged> changes) {
        this.jobs = jobs;
        this.rows = rows;
        this.changes = changes;
    }

    void start(@Observes StartupEvent started) {
        // The delay lets the first requests go first.
        background.scheduleWithFixedDelay(this::look, 1_000, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        background.shutdownNow();
    }

    void add(RunningImport job) {
        running.add(job.id());
    }

    void remove(RunningImport job) {
        running.remove(job.id());
    }

    private void look() {
        try {
            rows.ofAllSandboxes(() -> {
                // First, so that an outage of the database does not fail the imports of this process.
                if (!running.isEmpty()) {
                    jobs.keepAlive(running);
                }
                for (Abandoned job : jobs.failAbandoned()) {
                    LOG.infof(
                            "Import %s failed after %,d lines, because its replica no longer reports progress.",
                            job.id(), job.lines());
                    changes.fireAsync(new ProfilesChanged(job.sandbox()));
                }
                return null;
            });
        } catch (RuntimeException e) {
            // An exception that is not caught would cancel all later looks.
            LOG.logf(
                    DatabaseException.levelOf(e, Level.DEBUG),
                    e,
                    "The check for abandoned imports failed. It will be repeated.");
        }
    }
}
