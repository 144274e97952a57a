package dev.pequel.expression;

import dev.pequel.error.ClientLeft;
import dev.pequel.error.TookTooLong;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * When an evaluation that a request waits for must be over, whatever it consists of and waits for.
 *
 * @param allowed what the request has in all
 * @param clientLeft whether nobody waits for the evaluation any more
 */
public record Deadline(Clock clock, Instant end, Duration allowed, BooleanSupplier clientLeft) {

    /** Something that is waited for, such as a lock: says whether it was there within the time. */
    public interface Wait {
        boolean within(long time, TimeUnit unit) throws InterruptedException;
    }

    /** That of what begins now and no client waits for. */
    public static Deadline in(Clock clock, Duration allowed) {
        return in(clock, allowed, () -> false);
    }

    /** That of what begins now. */
    public static Deadline in(Clock clock, Duration allowed, BooleanSupplier clientLeft) {
        return new Deadline(clock, clock.instant().plus(allowed), allowed, clientLeft);
    }

    /** Whether the evaluation shall end: the time is over, or nobody waits for it. */
    public boolean isCancelled() {
        return isOver() || clientLeft.getAsBoolean();
    }

    private boolean isOver() {
        return clock.instant().isAfter(end);
    }

    /** The time that is left; not negative. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Does work that looks at {@link #isCancelled}.
     *
     * @throws TookTooLong when it was given up because the time is over
     * @throws ClientLeft when it was given up, or not begun, because nobody waits for it
     */
    public <T> T keep(Supplier<T> work) {
        if (clientLeft.getAsBoolean()) {
            throw new ClientLeft();
        }
        try {
            return work.get();
        } catch (CancellationException e) {
            throw isOver() ? tookTooLong() : clientLeft.getAsBoolean() ? new ClientLeft() : e;
        }
    }

    /**
     * Waits for as long as there is time.
     *
     * @throws TookTooLong when that is not long enough
     */
    public void await(Wait wait) {
        try {
            if (!wait.within(left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw tookTooLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The server is shutting down.");
        }
    }

    /** Tells the client that there was not enough time. */
    public TookTooLong tookTooLong() {
        return new TookTooLong("The evaluation took longer than " + allowed.toSeconds() + " seconds and was given up.");
    }
}
