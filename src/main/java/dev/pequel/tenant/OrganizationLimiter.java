package dev.pequel.tenant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the number of concurrent operations of each organization. All sandboxes share the limit, because clients can
 * create sandboxes at will. Idle organizations use no memory.
 */
public final class OrganizationLimiter {

    private final int max;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    public OrganizationLimiter(int max) {
        this.max = max;
    }

    /**
     * Takes a permit if one is free, and returns whether it did. The caller must return the permit by
     * {@link #giveBack}.
     */
    public boolean take(String organization) {
        if (taken.merge(organization, 1, Integer::sum) <= max) {
            return true;
        }
        giveBack(organization);
        return false;
    }

    public void giveBack(String organization) {
        taken.computeIfPresent(organization, (name, turns) -> turns == 1 ? null : turns - 1);
    }
}
