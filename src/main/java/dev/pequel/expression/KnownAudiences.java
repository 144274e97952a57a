package dev.pequel.expression;

import dev.pequel.tenant.Tenant;
import java.util.Set;
import java.util.UUID;

/**
 * Tells which audiences exist, so that references in expressions can be checked. The package of audiences implements
 * it.
 */
public interface KnownAudiences {

    /** Returns the ids that belong to audiences of the tenant's sandbox. */
    Set<UUID> existing(Tenant tenant, Set<UUID> ids);
}
