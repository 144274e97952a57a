package dev.pequel.profile.importing;

import dev.pequel.problem.TooManyRequests;
import dev.pequel.tenant.OrganizationLimiter;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Limits the number of imports and uploads of member lists that a replica reads at a time, for each organization and in
 * total.
 */
@ApplicationScoped
public class ImportLimiter {

    /** Work that needs a permit, and may throw {@code X}. */
    public interface Work<T, X extends Exception> {
        T run() throws X;
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int atATime;
    private final OrganizationLimiter turns;
    private final Semaphore all;

    ImportLimiter(ImportSettings settings) {
        atATime = settings.atATime();
        turns = new OrganizationLimiter(atATime);
        all = new Semaphore(settings.allAtATime());
    }

    /**
     * @param work reads the body, of which nothing was read before
     * @throws TooManyRequests when too many are running, of the organization or in total
     */
    public <T, X extends Exception> T run(Tenant tenant, Work<T, X> work) throws X {
        if (!turns.take(tenant.organization())) {
            throw new TooManyRequests("The organization already has " + atATime + " imports running.", RETRY_AFTER);
        }
        try {
            return runAmongAll(work);
        } finally {
            turns.giveBack(tenant.organization());
        }
    }

    private <T, X extends Exception> T runAmongAll(Work<T, X> work) throws X {
        if (!all.tryAcquire()) {
            throw new TooManyRequests("This replica is running the maximum number of imports.", RETRY_AFTER);
        }
        try {
            return work.run();
        } finally {
            all.release();
        }
    }
}
