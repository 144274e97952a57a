package dev.pequel.profile.snapshot;

import dev.pequel.database.SandboxScope;
import dev.pequel.problem.InsufficientMemory;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.ProfilesChanged;
import dev.pequel.shutdown.GracePeriod;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps the current snapshots in memory. A returned snapshot contains every import and deletion that had ended before
 * the call; if it does not exist yet, it is read while the caller waits. Snapshots in use are updated in the
 * background.
 */
@ApplicationScoped
public class Snapshots {

    private static final Logger LOG = Logger.getLogger(Snapshots.class);

    /** Waits without limit. */
    public static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

    private final SnapshotReader reader;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final SnapshotSettings settings;
    private final SnapshotMemory memory;
    private final Clock clock;
    private final SnapshotMeters meters;
    private final GracePeriod grace;
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();
    private volatile Optional<Instant> lastFailure = Optional.empty();
    private volatile Optional<Instant> lastRefusal = Optional.empty();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("snapshots").daemon().unstarted(task));

    Snapshots(
            SnapshotReader reader,
            Sandboxes sandboxes,
            SandboxScope rows,
            SnapshotSettings settings,
            SnapshotMemory memory,
            Clock clock,
            SnapshotMeters meters,
            GracePeriod grace) {
        this.reader = reader;
        this.rows = rows;
        this.sandboxes = sandboxes;
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
        this.meters = meters;
        this.grace = grace;
    }

    /**
     * The current profiles of the tenant's sandbox.
     *
     * @param patience maximum time to wait until they are read; the caller that reads them waits longer while other
     *     callers wait for the same reading
     * @throws TookTooLong when the time is exceeded
     * @throws InsufficientMemory when the profiles do not fit into the memory for snapshots
     * @throws CancellationException when the service stops
     */
    public ProfileSnapshot of(Tenant tenant, Duration patience) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        if (sandbox.isEmpty()) {
            return ProfileSnapshot.EMPTY;
        }
        return current(sandbox.get().id(), patience);
    }

    /** Like {@link #of(Tenant, Duration)}, without limit. */
    public ProfileSnapshot of(Tenant tenant) {
        return of(tenant, ENDLESS);
    }

    /** The profiles that are in memory now, possibly of an earlier version. Reads nothing. */
    public Optional<ProfileSnapshot> inMemory(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> Optional.ofNullable(kept.get(sandbox.id())))
                .map(found -> found.snapshot);
    }

    /** The version that {@link #of} would return now, or an earlier one. Reads no snapshot. */
    public long version(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> rows.ofSandbox(sandbox.id(), () -> reader.publishedVersion(sandbox.id())))
                .orElse(0L);
    }

    /** Reads in the scope of the snapshot's sandbox, whatever the caller's scope. */
    private ProfileSnapshot current(int sandbox, Duration patience) {
        Optional<ProfileSnapshot> snapshot = Optional.empty();
        while (snapshot.isEmpty()) {
            Kept found = kept.computeIfAbsent(sandbox, id -> new Kept(clock, grace));
            found.lastUse = clock.instant();
            snapshot = rows.ofSandbox(
                    sandbox, () -> found.waiters.waiting(patience, () -> upToDate(sandbox, found, patience)));
        }
        return snapshot.get();
    }

    /** Empty if the snapshot was dropped meanwhile. */
    private Optional<ProfileSnapshot> upToDate(int sandbox, Kept found, Duration patience) {
        long published = reader.publishedVersion(sandbox);
        if (found.snapshot.version() >= published) {
            return Optional.of(found.snapshot);
        }
        // Concurrent callers wait for the same reading.
        await(found.reading, patience);
        try {
            if (found.dropped) {
                return Optional.empty();
            }
            if (found.snapshot.version() < published) {
                found.requireFitting(published);
                found.snapshot = read(sandbox, found, found.waiters.reading());
                found.readAt = clock.instant();
            }
            return Optional.of(found.snapshot);
        } catch (InsufficientMemory e) {
            lastRefusal = Optional.of(clock.instant());
            found.tooLarge(published, e);
            throw e;
        } catch (TookTooLong | CancellationException givenUp) {
            throw givenUp;
        } catch (RuntimeException e) {
            lastFailure = Optional.of(clock.instant());
            throw e;
        } finally {
            if (!found.dropped) {
                memory.keep(sandbox, found.snapshot.bytes());
            }
            found.reading.unlock();
        }
    }

    private ProfileSnapshot read(int sandbox, Kept found, SnapshotWaiters.Reading reading) {
        try {
            ProfileSnapshot read = meters.reading(() -> readOrUpdate(sandbox, found, reading));
            reading.succeeded();
            return read;
        } catch (CancellationException givenUp) {
            reading.wasGivenUp();
            throw grace.hasBegun() ? givenUp : tookTooLong();
        }
    }

    /**
     * Reads what has changed, if that is possible, otherwise everything. In the latter case the outdated snapshot is
     * removed first, to make room.
     */
    private ProfileSnapshot readOrUpdate(int sandbox, Kept found, BooleanSupplier isGivenUp) {
        ProfileSnapshot old = found.snapshot;
        SnapshotMemory.Others others = () -> dropOther(sandbox);
        Optional<ProfileSnapshot> updated = reader.update(
                sandbox,
                old,
                maxChanges(old),
                (bytes, expected) -> memory.take(sandbox, old.bytes() + bytes, old.bytes() + expected, others),
                isGivenUp);
        ProfileSnapshot snapshot = updated.orElseGet(() -> {
            found.snapshot = ProfileSnapshot.EMPTY;
            return reader.read(sandbox, (bytes, expected) -> memory.take(sandbox, bytes, expected, others), isGivenUp);
        });
        memory.take(sandbox, snapshot.bytes(), snapshot.bytes(), others);
        return snapshot;
    }

    /** Drops the least recently used snapshot that is not being read. */
    private OptionalInt dropOther(int sandbox) {
        List<Map.Entry<Integer, Kept>> others = kept.entrySet().stream()
                .filter(entry ->
                        entry.getKey() != sandbox && entry.getValue().snapshot.bytes() > 0)
                .sorted(Comparator.comparing(entry -> entry.getValue().lastUse))
                .toList();
        for (Map.Entry<Integer, Kept> other : others) {
            if (drop(other.getKey(), other.getValue())) {
                return OptionalInt.of(other.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /** False if the snapshot is being read. */
    private boolean drop(int sandbox, Kept found) {
        if (!found.reading.tryLock()) {
            return false;
        }
        try {
            found.dropped = true;
            kept.remove(sandbox, found);
            return true;
        } finally {
            found.reading.unlock();
        }
    }

    private static TookTooLong tookTooLong() {
        return new TookTooLong(
                "The profiles are still being read, which takes longer than the timeout of the request.");
    }

    private static void await(ReentrantLock reading, Duration patience) {
        try {
            if (!reading.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tookTooLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The server is shutting down.");
        }
    }

    private int maxChanges(ProfileSnapshot old) {
        return Math.max(settings.changedProfiles(), (int) ((long) old.size() * settings.changedPercent() / 100));
    }

    /** Heap used by all snapshots, in bytes. */
    public long bytes() {
        return kept.values().stream().mapToLong(found -> found.snapshot.bytes()).sum();
    }

    /** Heap that all snapshots may use, in bytes. */
    long budget() {
        return memory.budget();
    }

    /** Number of snapshots in memory. */
    int count() {
        return kept.size();
    }

    /** Number of snapshots that are being read or updated. */
    long beingRead() {
        return kept.values().stream().filter(found -> found.reading.isLocked()).count();
    }

    /** Number of callers that wait for a snapshot. */
    int waiting() {
        return kept.values().stream().mapToInt(found -> found.waiters.count()).sum();
    }

    /** When the reading of a snapshot last failed. */
    Optional<Instant> lastFailure() {
        return lastFailure;
    }

    /** When a snapshot last exceeded the memory. */
    Optional<Instant> lastRefusal() {
        return lastRefusal;
    }

    /** Number of profiles in all snapshots. */
    long profiles() {
        return kept.values().stream().mapToLong(found -> found.snapshot.size()).sum();
    }

    /** Time since the oldest snapshot was read; 0 if there is none. */
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
                    () -> refresh(change.sandbox()), settings.delay().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void refresh(int sandbox) {
        try {
            current(sandbox, ENDLESS);
        } catch (RuntimeException e) {
            LOG.warnf(e, "The snapshot of sandbox %d could not be updated. The next evaluation tries again.", sandbox);
        }
    }

    private void dropIdle() {
        Instant limit = clock.instant().minus(settings.idle());
        kept.forEach((sandbox, found) -> {
            if (found.lastUse.isBefore(limit) && drop(sandbox, found)) {
                memory.keep(sandbox, 0);
            }
        });
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

    /** The snapshot of one sandbox. */
    private static final class Kept {
        private final ReentrantLock reading = new ReentrantLock();
        private final SnapshotWaiters waiters;
        private volatile ProfileSnapshot snapshot = ProfileSnapshot.EMPTY;
        private volatile Instant lastUse = Instant.MAX;
        private volatile Instant readAt;
        /** Whether it was removed from memory. Guarded by {@link #reading}. */
        private boolean dropped;
        /** Why the version {@link #refused} is not read. Guarded by {@link #reading}. */
        private Optional<InsufficientMemory> refusal = Optional.empty();

        private long refused;
        private volatile Future<?> update = CompletableFuture.completedFuture(null);

        Kept(Clock clock, GracePeriod grace) {
            waiters = new SnapshotWaiters(clock, grace);
            readAt = clock.instant();
        }

        /**
         * Removes the outdated snapshot. If the new one can never fit, remembers that: another attempt would only drop
         * other snapshots.
         */
        void tooLarge(long version, InsufficientMemory failure) {
            snapshot = ProfileSnapshot.EMPTY;
            refused = version;
            refusal = failure.isLasting() ? Optional.of(failure) : Optional.empty();
        }

        void requireFitting(long version) {
            if (refused == version && refusal.isPresent()) {
                throw refusal.get();
            }
        }
    }
}
