package dev.pequel.expression.limit;

import dev.pequel.problem.ClientLeft;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits how many evaluations run and wait at once for an organization. Thus an organization occupies only a few
 * threads, regardless of its number of requests and sandboxes, and leaves processors to others.
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
     * Runs work that may wait for evaluations of other requests before it calls {@link #take}. The number of such
     * calls per organization is limited too, because each one occupies a thread.
     *
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
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
     * Waits for a permit of the organization and runs work with it.
     *
     * @param deadline the deadline of the request
     * @param work checks the deadline while it runs
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and work together exceed the deadline
     * @throws ClientLeft when the client has closed the connection
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
        return new TooManyRequests("The organization already has " + waiting + " evaluations waiting.", RETRY_AFTER);
    }
}
