package dev.pequel.profile;

import dev.pequel.database.VisibleRows;
import dev.pequel.error.TookTooLong;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The current snapshots, kept in memory. Whoever asks gets one that contains every import and deletion that had ended before;
 * if there is none yet, it is made while they wait. Snapshots that are in use are brought up to date in the background.
 */
@ApplicationScoped
public class Snapshots {

    private static final Logger LOG = Logger.getLogger(Snapshots.class);

    /** Waits as long as it takes. */
    public static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

    private final SnapshotReader reader;
    private final Sandboxes sandboxes;
    private final VisibleRows rows;
    private final SnapshotSettings settings;
    private final Clock clock;
    private final SnapshotMeters meters;
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();
    private volatile Optional<Instant> lastFailure = Optional.empty();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("snapshots").daemon().unstarted(task));

    Snapshots(
            SnapshotReader reader,
            Sandboxes sandboxes,
            VisibleRows rows,
            SnapshotSettings settings,
            Clock clock,
            SnapshotMeters meters) {
        this.reader = reader;
        this.rows = rows;
        this.sandboxes = sandboxes;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * The sandbox's profiles as of now.
     *
     * @param patience so long it waits for somebody else who reads them
     * @throws TookTooLong when that was not long enough
     */
    public ProfileSnapshot of(Tenant tenant, Duration patience) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        if (sandbox.isEmpty()) {
            return ProfileSnapshot.EMPTY;
        }
        Kept found = kept.computeIfAbsent(sandbox.get().id(), id -> new Kept(clock.instant()));
        found.lastUse = clock.instant();
        return current(sandbox.get().id(), found, patience);
    }

    /** Like {@link #of(Tenant, Duration)}, waiting as long as it takes. */
    public ProfileSnapshot of(Tenant tenant) {
        return of(tenant, ENDLESS);
    }

    /** The version that {@link #of} would give now, or an earlier one; it is not read for that. */
    public long version(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> rows.ofSandbox(sandbox.id(), () -> reader.publishedVersion(sandbox.id())))
                .orElse(0L);
    }

    /** Reads for the sandbox it is of, whoever asks. */
    private ProfileSnapshot current(int sandbox, Kept found, Duration patience) {
        return rows.ofSandbox(sandbox, () -> upToDate(sandbox, found, patience));
    }

    private ProfileSnapshot upToDate(int sandbox, Kept found, Duration patience) {
        long published = reader.publishedVersion(sandbox);
        if (found.snapshot.version() >= published) {
            return found.snapshot;
        }
        // Others who ask meanwhile wait for the same reading.
        await(found.reading, patience);
        try {
            ProfileSnapshot old = found.snapshot;
            if (old.version() < published) {
                found.snapshot = meters.reading(
                        () -> reader.update(sandbox, old, mostChanges(old)).orElseGet(() -> reader.read(sandbox)));
                found.readAt = clock.instant();
            }
            return found.snapshot;
        } catch (RuntimeException e) {
            lastFailure = Optional.of(clock.instant());
            throw e;
        } finally {
            found.reading.unlock();
        }
    }

    private static void await(ReentrantLock reading, Duration patience) {
        try {
            if (!reading.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TookTooLong("The profiles are being read, which takes longer than the request may.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The server is shutting down.");
        }
    }

    private int mostChanges(ProfileSnapshot old) {
        return Math.max(settings.changedProfiles(), (int) ((long) old.size() * settings.changedPercent() / 100));
    }

    /** Heap taken by all snapshots, in bytes. */
    public long bytes() {
        return kept.values().stream().mapToLong(found -> found.snapshot.bytes()).sum();
    }

    /** Snapshots in memory. */
    int count() {
        return kept.size();
    }

    /** Snapshots that are just being read, whole or what changed of them. */
    long beingRead() {
        return kept.values().stream().filter(found -> found.reading.isLocked()).count();
    }

    /** When a snapshot could last not be read. */
    Optional<Instant> lastFailure() {
        return lastFailure;
    }

    /** Profiles in all snapshots. */
    long profiles() {
        return kept.values().stream().mapToLong(found -> found.snapshot.size()).sum();
    }

    /** Time since the snapshot was read that was not read for longest; 0 without any. */
    long ageInSeconds() {
        Instant now = clock.instant();
        return kept.values().stream()
                .mapToLong(found -> Duration.between(found.readAt, now).toSeconds())
                .max()
                .orElse(0);
    }

    void changed(@ObservesAsync ProfilesChanged change) {
        Kept found = kept.get(change.sandbox());
        if (found != null) {
            found.update.cancel(false);
            found.update = background.schedule(
                    () -> refresh(change.sandbox(), found), settings.delay().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void refresh(int sandbox, Kept found) {
        try {
            current(sandbox, found, ENDLESS);
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "The snapshot of sandbox %d could not be brought up to date; the next reader tries again.",
                    sandbox);
        }
    }

    private void dropIdle() {
        Instant limit = clock.instant().minus(settings.idle());
        kept.values().removeIf(found -> found.lastUse.isBefore(limit));
    }

    void start(@Observes StartupEvent started) {
        meters.watch(this);
        long interval = settings.idle().toMillis() / 4 + 1;
        background.scheduleWithFixedDelay(this::dropIdle, interval, interval, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        background.shutdownNow();
    }

    /** One sandbox's snapshot. */
    private static final class Kept {
        private final ReentrantLock reading = new ReentrantLock();
        private volatile ProfileSnapshot snapshot = ProfileSnapshot.EMPTY;
        private volatile Instant lastUse = Instant.MAX;
        private volatile Instant readAt;
        private volatile Future<?> update = CompletableFuture.completedFuture(null);

        Kept(Instant now) {
            readAt = now;
        }
    }
}
