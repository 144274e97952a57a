package dev.pequel.profile.snapshot;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Logs the progress of reading a snapshot, and ends the reading when it is given up. Used by two threads, one that
 * reads profiles and one that reads events.
 */
final class ReadingProgress {

    private static final Logger LOG = Logger.getLogger(SnapshotReader.class);
    private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
    /** Number of documents, which may be long, between two checks. */
    private static final int STEP = 1 << 6;

    private final int sandbox;
    private final int allProfiles;
    private final BooleanSupplier isGivenUp;
    private final long start = System.nanoTime();
    private final AtomicLong lastLog = new AtomicLong(start);
    private volatile int profiles;
    private volatile long events;

    /** @param allProfiles expected number of profiles */
    ReadingProgress(int sandbox, int allProfiles, BooleanSupplier isGivenUp) {
        this.sandbox = sandbox;
        this.allProfiles = allProfiles;
        this.isGivenUp = isGivenUp;
    }

    boolean isGivenUp() {
        return isGivenUp.getAsBoolean();
    }

    /** @throws CancellationException when the reading is given up */
    void profile() {
        profiles = profiles + 1;
        if (profiles % STEP == 0) {
            look();
        }
    }

    /** @throws CancellationException when the reading is given up */
    void event() {
        events = events + 1;
        if (events % STEP == 0) {
            look();
        }
    }

    private void look() {
        if (isGivenUp() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The reading of a snapshot was cancelled.");
        }
        log();
    }

    private void log() {
        long now = System.nanoTime();
        long last = lastLog.get();
        if (now - last > LOG_INTERVAL_NANOS && lastLog.compareAndSet(last, now)) {
            LOG.infof(
                    "Reading the snapshot of sandbox %d: %,d of at most %,d profiles, %,d events.",
                    sandbox, profiles, allProfiles, events);
        }
    }

    /** Logs the end of the reading. */
    void finished(ProfileSnapshot snapshot) {
        LOG.infof(
                "Read the snapshot of sandbox %d in %.1f s: %,d profiles, %,d events, %,d bytes.",
                sandbox, (System.nanoTime() - start) / 1e9, profiles, events, snapshot.bytes());
    }
}
