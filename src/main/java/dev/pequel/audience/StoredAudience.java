package dev.pequel.audience;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * An audience together with what others make of it. Hibernate makes one of each row of a query.
 *
 * @param dependents the audiences whose expressions refer to it, oldest first
 */
@RegisterForReflection
record StoredAudience(Audience audience, UUID[] dependents) {

    private static final UUID[] NONE = {};

    /** PostgreSQL aggregates no rows to null, not to an empty array. */
    StoredAudience {
        dependents = dependents == null ? NONE : dependents;
    }
}
