package dev.pequel.segmentation;

import dev.pequel.tenant.Tenant;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Stands in until something else knows the audiences. */
@DefaultBean
@ApplicationScoped
class NoAudiences implements SegmentDefinitions {

    @Override
    public List<SegmentDefinition> all(Tenant tenant) {
        return List.of();
    }

    @Override
    public List<SegmentDefinition> some(Tenant tenant, Collection<UUID> ids) {
        return List.of();
    }
}
