package dev.pequel.audience;

import dev.pequel.error.Conflict;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps sandboxes from having more audiences than they may. Counting takes longer the more there are, so after each count a
 * tenth of what is left can be created without another; ten replicas do not exceed the limit by that.
 */
@ApplicationScoped
class AudienceRoom {

    private static final int SHARE = 10;

    private final AudienceRepository audiences;
    private final AudienceSettings settings;
    private final Map<Integer, AtomicLong> free = new ConcurrentHashMap<>();

    AudienceRoom(AudienceRepository audiences, AudienceSettings settings) {
        this.audiences = audiences;
        this.settings = settings;
    }

    /** @throws Conflict when there is no room for another audience */
    void require(Sandbox sandbox) {
        AtomicLong uncounted = free.computeIfAbsent(sandbox.id(), id -> new AtomicLong());
        if (uncounted.getAndDecrement() > 0) {
            return;
        }
        long left = settings.perSandbox() - audiences.count(sandbox);
        if (left <= 0) {
            throw new Conflict("The sandbox has " + settings.perSandbox()
                    + " audiences, which is the most it may have; delete some first.");
        }
        uncounted.set(left / SHARE);
    }
}
