package dev.pequel.audience;

import java.util.UUID;

/**
 * An audience together with what others make of it.
 *
 * @param dependents the audiences whose expressions refer to it, oldest first
 */
record StoredAudience(Audience audience, UUID[] dependents) {

    private static final UUID[] NONE = {};

    /** PostgreSQL aggregates no rows to null, not to an empty array. */
    StoredAudience {
        dependents = dependents == null ? NONE : dependents;
    }
}
