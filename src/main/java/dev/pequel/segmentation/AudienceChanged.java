package dev.pequel.segmentation;

import dev.pequel.tenant.Tenant;
import java.util.UUID;

/**
 * An audience was created, changed or deleted. Observers that act on it wait for the end of the transaction.
 *
 * @param isDeleted whether the audience was deleted
 */
public record AudienceChanged(Tenant tenant, UUID id, boolean isDeleted) {

    /** The audience is new, or was changed. */
    public static AudienceChanged changed(Tenant tenant, UUID id) {
        return new AudienceChanged(tenant, id, false);
    }

    /** The audience was deleted. */
    public static AudienceChanged deleted(Tenant tenant, UUID id) {
        return new AudienceChanged(tenant, id, true);
    }
}
