package dev.pequel.expression;

import dev.pequel.tenant.Tenant;
import java.util.Set;
import java.util.UUID;

/** The audiences that expressions can refer to. Whoever keeps audiences provides it. */
public interface KnownAudiences {

    /** Those of the ids that are audiences of the tenant's sandbox. */
    Set<UUID> existing(Tenant tenant, Set<UUID> ids);
}
