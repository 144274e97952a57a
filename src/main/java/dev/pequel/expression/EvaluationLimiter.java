package dev.pequel.expression;

import dev.pequel.error.ClientLeft;
import dev.pequel.error.TooManyRequests;
import dev.pequel.error.TookTooLong;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Evaluations that somebody waits for take turns within their organization, and end after a while. However many of them are asked
 * for, in however many sandboxes, an organization so has a few threads at work, and the processors are left to others too.
 */
@ApplicationScoped
public class EvaluationLimiter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int atATime;
    private final int waiting;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    EvaluationLimiter(
            @ConfigProperty(name = "pequel.segmentation.evaluations-at-a-time") int atATime,
            @ConfigProperty(name = "pequel.segmentation.waiting-evaluations") int waiting) {
        this.atATime = atATime;
        this.waiting = waiting;
    }

    /**
     * Does what may wait for others' evaluations before it takes a turn of its own. Each that waits keeps a thread, of which one
     * organization must not take all.
     *
     * @throws TooManyRequests when too many of the organization are waiting already
     */
    public <T> T waitFor(Tenant tenant, Supplier<T> work) {
        Semaphore free = places.computeIfAbsent(tenant.organization(), name -> new Semaphore(atATime + waiting));
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
     * @param deadline of the request
     * @param work looks at the deadline
     * @throws TooManyRequests when too many of the organization are waiting already
     * @throws TookTooLong when it takes too long, together with the waiting
     * @throws ClientLeft when nobody waits for it any more
     */
    public <T> T take(Tenant tenant, Deadline deadline, Supplier<T> work) {
        Semaphore turn = turns.computeIfAbsent(tenant.organization(), name -> new Semaphore(atATime, true));
        if (!turn.tryAcquire()) {
            if (turn.getQueueLength() >= waiting) {
                throw tooMany();
            }
            deadline.await(turn::tryAcquire);
        }
        try {
            return deadline.keep(work);
        } finally {
            turn.release();
        }
    }

    private TooManyRequests tooMany() {
        return new TooManyRequests(
                "There are " + waiting + " evaluations of this organization waiting already.", RETRY_AFTER);
    }
}
