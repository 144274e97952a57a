package dev.pequel.audience;

import dev.pequel.error.Conflict;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the audiences of a sandbox. Counting takes longer the more audiences there are, so after each count a tenth of the
 * audiences that are left can be created without another count; ten replicas do not exceed the limit by that.
 */
@ApplicationScoped
class AudienceQuota {

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
     * The tenant's sandbox, which is created when there is none, to store another audience in.
     *
     * @throws Conflict when the sandbox has the maximum number of audiences
     */
    Sandbox sandboxWithRoom(Tenant tenant) {
        Sandbox sandbox = sandboxes.of(tenant);
        AtomicLong uncounted = free.computeIfAbsent(sandbox.id(), id -> new AtomicLong());
        if (uncounted.getAndDecrement() > 0) {
            return sandbox;
        }
        long left = settings.perSandbox() - audiences.count();
        if (left <= 0) {
            throw new Conflict("The sandbox has " + settings.perSandbox()
                    + " audiences, which is the most it may have; delete some first.");
        }
        uncounted.set(left / SHARE);
        return sandbox;
    }
}
