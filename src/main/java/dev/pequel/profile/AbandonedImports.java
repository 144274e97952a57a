package dev.pequel.profile;

import dev.pequel.database.DatabaseException;
import dev.pequel.database.VisibleRows;
import dev.pequel.profile.ImportJobWriter.Abandoned;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Fails the imports whose process was killed, or lost the database, so that no job claims to be in progress for ever. */
@ApplicationScoped
class AbandonedImports {

    private static final Logger LOG = Logger.getLogger(AbandonedImports.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ImportJobWriter jobs;
    private final VisibleRows rows;
    private final Event<ProfilesChanged> changes;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("abandoned-imports").daemon().unstarted(task));

    AbandonedImports(ImportJobWriter jobs, VisibleRows rows, Event<ProfilesChanged> changes) {
        this.jobs = jobs;
        this.rows = rows;
        this.changes = changes;
    }

    void start(@Observes StartupEvent started) {
        // Not at once: the first requests come first.
        background.scheduleWithFixedDelay(this::settle, 1_000, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        background.shutdownNow();
    }

    private void settle() {
        try {
            for (Abandoned job : rows.ofAllSandboxes(jobs::failAbandoned)) {
                LOG.infof("Import %s was abandoned after %,d lines.", job.id(), job.lines());
                changes.fireAsync(new ProfilesChanged(job.sandbox()));
            }
        } catch (DatabaseException e) {
            LOG.debugf(e, "Abandoned imports are looked for again later.");
        }
    }
}
