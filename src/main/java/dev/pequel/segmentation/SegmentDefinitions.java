package dev.pequel.segmentation;

import dev.pequel.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
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

    /** One audience, if the tenant has it, which nobody else can change or delete until the transaction ends. */
    Optional<SegmentDefinition> lock(Connection connection, Tenant tenant, UUID id) throws SQLException;

    /** One audience, if the tenant has it. */
    default Optional<SegmentDefinition> one(Tenant tenant, UUID id) {
        return some(tenant, List.of(id)).stream().findFirst();
    }
}
