package dev.pequel.expression.limit;

import dev.pequel.problem.ClientLeft;
import dev.pequel.problem.TookTooLong;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The time limit of an evaluation that a request waits for. It covers all parts of the work and all waiting.
 *
 * @param allowed the total time of the request
 * @param clientLeft whether the client has closed the connection
 */
public record Deadline(Clock clock, Instant end, Duration allowed, BooleanSupplier clientLeft) {

    /** Waits for something, such as a lock, and returns whether it became available within the time. */
    public interface Wait {
        boolean within(long time, TimeUnit unit) throws InterruptedException;
    }

    /** Creates a deadline that starts now, for work without a client. */
    public static Deadline in(Clock clock, Duration allowed) {
        return in(clock, allowed, () -> false);
    }

    /** Creates a deadline that starts now. */
    public static Deadline in(Clock clock, Duration allowed, BooleanSupplier clientLeft) {
        return new Deadline(clock, clock.instant().plus(allowed), allowed, clientLeft);
    }

    /** Whether the evaluation must end, because the time is over or the client has closed the connection. */
    public boolean isCancelled() {
        return isOver() || clientLeft.getAsBoolean();
    }

    private boolean isOver() {
        return clock.instant().isAfter(end);
    }

    /** Returns the remaining time, not negative. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Runs work that checks {@link #isCancelled}.
     *
     * @throws TookTooLong when the work was cancelled because the time is over
     * @throws ClientLeft when the work was cancelled, or not started, because the client has closed the connection
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
     * Waits until the deadline at most.
     *
     * @throws TookTooLong when the deadline passes first
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

    /** Creates the exception for an exceeded deadline. */
    public TookTooLong tookTooLong() {
        return new TookTooLong("The evaluation took longer than " + allowed.toSeconds() + " seconds and was stopped.");
    }
}
