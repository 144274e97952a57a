package dev.pequel.expression;

import dev.pequel.error.TookTooLong;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * When an evaluation that a request waits for must be over, whatever it consists of and waits for.
 *
 * @param allowed what the request has in all
 */
public record Deadline(Clock clock, Instant end, Duration allowed) {

    public boolean isOver() {
        return clock.instant().isAfter(end);
    }

    /** The time that is left; not negative. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Does work that looks at {@link #isOver}.
     *
     * @throws TookTooLong when it was given up because of that
     */
    public <T> T keep(Supplier<T> work) {
        try {
            return work.get();
        } catch (CancellationException e) {
            throw isOver() ? tookTooLong() : e;
        }
    }

    /** Tells the client that there was not enough time. */
    public TookTooLong tookTooLong() {
        return new TookTooLong("The evaluation took longer than " + allowed.toSeconds() + " seconds and was given up.");
    }
}
