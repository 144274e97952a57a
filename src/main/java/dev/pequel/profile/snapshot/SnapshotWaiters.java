package dev.pequel.profile.snapshot;

import dev.pequel.shutdown.GracePeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tracks the callers that wait for a sandbox's snapshot, and decides whether reading it continues. A reading is given
 * up when no waiting caller has time left. Callers that are no requests wait without limit, until the service stops.
 *
 * <p>Profiles that take longer to read than requests wait would never be read. A reading that follows one that was
 * given up is therefore allowed twice the time of that one, at most an hour, even if no caller is waiting.
 */
final class SnapshotWaiters {

    private static final Duration LONGEST_ALLOWANCE = Duration.ofHours(1);

    private final Clock clock;
    private final GracePeriod grace;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile Duration allowance = Duration.ZERO;

    SnapshotWaiters(Clock clock, GracePeriod grace) {
        this.clock = clock;
        this.grace = grace;
    }

    /** A waiting caller, compared by identity. */
    private static final class Waiter {
        private final Instant end;

        Waiter(Instant end) {
            this.end = end;
        }

        boolean isEndless() {
            return end.equals(Instant.MAX);
        }
    }

    /** Does work for a caller that waits for this time, or for {@link Snapshots#ENDLESS}. */
    <T> T waiting(Duration patience, Supplier<T> work) {
        Waiter waiter = new Waiter(end(patience));
        waiters.add(waiter);
        try {
            return work.get();
        } finally {
            waiters.remove(waiter);
        }
    }

    /** Number of waiting callers. */
    int count() {
        return waiters.size();
    }

    private Instant end(Duration patience) {
        return patience.equals(Snapshots.ENDLESS)
                ? Instant.MAX
                : clock.instant().plus(patience);
    }

    /** Starts a reading. */
    Reading reading() {
        return new Reading(clock.instant());
    }

    /** Whether a reading is given up, which is final. Called from several threads. */
    final class Reading implements BooleanSupplier {
        private final Instant start;
        private volatile boolean isGivenUp;

        private Reading(Instant start) {
            this.start = start;
        }

        @Override
        public boolean getAsBoolean() {
            if (!isGivenUp && isForNobody()) {
                isGivenUp = true;
            }
            return isGivenUp;
        }

        private boolean isForNobody() {
            Instant now = clock.instant();
            boolean isStopping = grace.hasBegun();
            return (isStopping || !now.isBefore(start.plus(allowance)))
                    && waiters.stream().allMatch(waiter -> waiter.isEndless() ? isStopping : !waiter.end.isAfter(now));
        }

        void succeeded() {
            allowance = Duration.ZERO;
        }

        void wasGivenUp() {
            Duration twice = Duration.between(start, clock.instant()).multipliedBy(2);
            allowance = twice.compareTo(LONGEST_ALLOWANCE) < 0 ? twice : LONGEST_ALLOWANCE;
        }
    }
}
