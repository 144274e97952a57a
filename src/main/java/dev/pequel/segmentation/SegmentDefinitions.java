package dev.pequel.segmentation;

import dev.pequel.tenant.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The audiences of a tenant. Archived ones are none. Each call sees what is committed. */
public interface SegmentDefinitions {

    /** All of the tenant's audiences. */
    List<SegmentDefinition> all(Tenant tenant);

    /** Those of the audiences that exist, in any order. */
    List<SegmentDefinition> some(Tenant tenant, Collection<UUID> ids);

    /** The audiences that refer to some, directly or through others, and those themselves as far as they exist. */
    List<SegmentDefinition> withDependents(Tenant tenant, Collection<UUID> ids);

    /** An audience that no other transaction changes or deletes until the current one ends. */
    record Locked(SegmentDefinition definition, String name) {}

    /** Locks one audience, if the tenant has it, in the current transaction of entities. */
    Optional<Locked> lock(Tenant tenant, UUID id);

    /** One audience, if the tenant has it. */
    default Optional<SegmentDefinition> one(Tenant tenant, UUID id) {
        return some(tenant, List.of(id)).stream().findFirst();
    }
}
