package dev.pequel.tenant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets each organization do so many things at a time, all its sandboxes together, because a client can name as many sandboxes
 * as it likes. Nothing is remembered of organizations that do nothing.
 */
public final class OrganizationLimiter {

    private final int max;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    public OrganizationLimiter(int max) {
        this.max = max;
    }

    /** Whether there is a turn; it must be given back then. */
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
