package dev.pequel.segmentation;

import dev.pequel.error.TooManyRequests;
import dev.pequel.error.TookTooLong;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Evaluations that somebody waits for take turns within their organization, and end after a while. However many of them are asked
 * for, in however many sandboxes, an organization so has a few threads at work, and the processors are left to others too.
 */
@ApplicationScoped
class EvaluationTurns {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SegmentationSettings settings;
    private final Clock clock;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    EvaluationTurns(SegmentationSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Does what may wait for others' evaluations before it takes a turn of its own. Each that waits keeps a thread, of which one
     * organization must not take all.
     *
     * @throws TooManyRequests when too many of the organization are waiting already
     */
    <T> T waitFor(Sandbox sandbox, Supplier<T> work) {
        Semaphore free = places.computeIfAbsent(
                sandbox.tenant().organization(),
                name -> new Semaphore(settings.evaluationsAtATime() + settings.waitingEvaluations()));
        if (!free.tryAcquire()) {
            throw tooMany();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /**
     * Waits for a turn and uses it.
     *
     * @param work gets what ends it when it takes too long
     * @throws TooManyRequests when too many of the organization are waiting already
     * @throws TookTooLong when it takes too long, together with the waiting
     */
    <T> T take(Sandbox sandbox, Function<Progress, T> work) {
        Semaphore turn = turns.computeIfAbsent(
                sandbox.tenant().organization(), name -> new Semaphore(settings.evaluationsAtATime(), true));
        Deadline deadline = new Deadline(clock, clock.instant().plus(settings.evaluationTimeout()));
        if (!turn.tryAcquire()) {
            if (turn.getQueueLength() >= settings.waitingEvaluations()) {
                throw tooMany();
            }
            await(turn);
        }
        try {
            return work.apply(deadline);
        } catch (CancellationException e) {
            throw deadline.isCancelled() ? tookTooLong() : e;
        } finally {
            turn.release();
        }
    }

    private TooManyRequests tooMany() {
        return new TooManyRequests(
                "There are " + settings.waitingEvaluations() + " evaluations of this organization waiting already.",
                RETRY_AFTER);
    }

    private void await(Semaphore turn) {
        try {
            if (!turn.tryAcquire(settings.evaluationTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw tookTooLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The server is shutting down.");
        }
    }

    private TookTooLong tookTooLong() {
        return new TookTooLong("The evaluation took longer than "
                + settings.evaluationTimeout().toSeconds() + " seconds and was given up.");
    }

    /** Ends an evaluation at a certain time. */
    private record Deadline(Clock clock, Instant end) implements Progress {
        @Override
        public void expect(long values) {}

        @Override
        public void evaluated(long values) {}

        @Override
        public boolean isCancelled() {
            return clock.instant().isAfter(end);
        }
    }
}
