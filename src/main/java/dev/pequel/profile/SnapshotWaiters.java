package dev.pequel.profile;

import dev.pequel.shutdown.GracePeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Those who wait for a sandbox's snapshot. While it is read, they decide whether the reading is worth going on: it is given up
 * when the patience of each of them is over, and when the service stops and only work that is no request waits.
 *
 * <p>So that profiles which take longer to read than requests wait are read all the same, a reading that follows one that was
 * given up may take twice as long as that, whoever waits.
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

    /** One who waits; equal only to itself. */
    private static final class Waiter {
        private final Instant end;

        Waiter(Instant end) {
            this.end = end;
        }

        boolean isEndless() {
            return end.equals(Instant.MAX);
        }
    }

    /** Does work for somebody who waits for so long, or endlessly, as what is no request does. */
    <T> T waiting(Duration patience, Supplier<T> work) {
        Waiter waiter = new Waiter(end(patience));
        waiters.add(waiter);
        try {
            return work.get();
        } finally {
            waiters.remove(waiter);
        }
    }

    /** How many wait now. */
    int count() {
        return waiters.size();
    }

    private Instant end(Duration patience) {
        return patience.equals(Snapshots.ENDLESS)
                ? Instant.MAX
                : clock.instant().plus(patience);
    }

    /** A reading, which begins now. */
    Reading reading() {
        return new Reading(clock.instant());
    }

    /** Asked from several threads whether it is given up; once it is, it stays so. */
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

        /** It came to its end. */
        void succeeded() {
            allowance = Duration.ZERO;
        }

        /** It was given up. */
        void wasGivenUp() {
            Duration twice = Duration.between(start, clock.instant()).multipliedBy(2);
            allowance = twice.compareTo(LONGEST_ALLOWANCE) < 0 ? twice : LONGEST_ALLOWANCE;
        }
    }
}
