package dev.pequel.segmentation;

import dev.pequel.tenant.Tenant;
import java.util.UUID;

/**
 * Event: an audience was created, changed or deleted. It is fired within the transaction; observers that act on it run
 * after the commit.
 */
public record AudienceChanged(Tenant tenant, UUID id, boolean isDeleted) {

    public static AudienceChanged changed(Tenant tenant, UUID id) {
        return new AudienceChanged(tenant, id, false);
    }

    public static AudienceChanged deleted(Tenant tenant, UUID id) {
        return new AudienceChanged(tenant, id, true);
    }
}
