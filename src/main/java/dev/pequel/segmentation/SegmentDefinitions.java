package dev.pequel.segmentation;

import dev.pequel.tenant.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The audiences of a tenant, archived ones excepted. Each call sees all committed changes. */
public interface SegmentDefinitions {

    /** All of the tenant's audiences. */
    List<SegmentDefinition> all(Tenant tenant);

    /** The audiences with these ids, in any order. Ids that do not exist are ignored. */
    List<SegmentDefinition> some(Tenant tenant, Collection<UUID> ids);

    /** The audiences with these ids, and all that refer to them, directly or through others. */
    List<SegmentDefinition> withDependents(Tenant tenant, Collection<UUID> ids);

    /** An audience that no other transaction can change or delete before the current one ends. */
    record Locked(SegmentDefinition definition, String name) {}

    /** Locks an audience in the current transaction of entities. Empty if the tenant has no such audience. */
    Optional<Locked> lock(Tenant tenant, UUID id);

    /** The audience with this id, if the tenant has it. */
    default Optional<SegmentDefinition> one(Tenant tenant, UUID id) {
        return some(tenant, List.of(id)).stream().findFirst();
    }
}
