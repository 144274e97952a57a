package dev.pequel.segmentation;

import dev.pequel.error.TooManyRequests;
import dev.pequel.error.TookTooLong;
import dev.pequel.expression.Deadline;
import dev.pequel.expression.Deadlines;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
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
    private final Deadlines deadlines;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    EvaluationTurns(SegmentationSettings settings, Deadlines deadlines) {
        this.settings = settings;
        this.deadlines = deadlines;
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

    /** Like {@link #take(Sandbox, Deadline, Function)}, for a request that begins to evaluate now. */
    <T> T take(Sandbox sandbox, Function<Progress, T> work) {
        return take(sandbox, deadlines.start(), work);
    }

    /**
     * Waits for a turn and uses it.
     *
     * @param deadline of the request
     * @param work gets what ends it when it takes too long
     * @throws TooManyRequests when too many of the organization are waiting already
     * @throws TookTooLong when it takes too long, together with the waiting
     */
    <T> T take(Sandbox sandbox, Deadline deadline, Function<Progress, T> work) {
        Semaphore turn = turns.computeIfAbsent(
                sandbox.tenant().organization(), name -> new Semaphore(settings.evaluationsAtATime(), true));
        if (!turn.tryAcquire()) {
            if (turn.getQueueLength() >= settings.waitingEvaluations()) {
                throw tooMany();
            }
            deadline.await(turn::tryAcquire);
        }
        try {
            return deadline.keep(() -> work.apply(Progress.until(deadline)));
        } finally {
            turn.release();
        }
    }

    private TooManyRequests tooMany() {
        return new TooManyRequests(
                "There are " + settings.waitingEvaluations() + " evaluations of this organization waiting already.",
                RETRY_AFTER);
    }
}
