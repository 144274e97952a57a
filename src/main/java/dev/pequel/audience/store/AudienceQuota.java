package dev.pequel.audience.store;

import dev.pequel.audience.content.AudienceSettings;
import dev.pequel.problem.Conflict;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the number of audiences in a sandbox. Counting takes time in proportion to the number of audiences.
 * Therefore a count allows the next tenth of the remaining quota to be created without another count. With up to ten
 * replicas, this does not exceed the limit.
 */
@ApplicationScoped
public class AudienceQuota {

    private static final int SHARE = 10;

    private final Sandboxes sandboxes;
    private final AudienceRepository audiences;
    private final AudienceSettings settings;
    private final Map<Integer, AtomicLong> free = new ConcurrentHashMap<>();

    AudienceQuota(Sandboxes sandboxes, AudienceRepository audiences, AudienceSettings settings) {
        this.sandboxes = sandboxes;
        this.audiences = audiences;
        this.settings = settings;
    }

    /**
     * Returns the tenant's sandbox when there is room for another audience in it. Creates the sandbox if necessary.
     *
     * @throws Conflict when the sandbox has the maximum number of audiences
     */
    public Sandbox sandboxWithRoom(Tenant tenant) {
        Sandbox sandbox = sandboxes.of(tenant);
        AtomicLong uncounted = free.computeIfAbsent(sandbox.id(), id -> new AtomicLong());
        if (uncounted.getAndDecrement() > 0) {
            return sandbox;
        }
        long left = settings.perSandbox() - audiences.count();
        if (left <= 0) {
            throw new Conflict(
                    "The sandbox has " + settings.perSandbox() + " audiences, the maximum; delete some first.");
        }
        uncounted.set(left / SHARE);
        return sandbox;
    }
}
