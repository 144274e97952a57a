package dev.pequel.audience;

import dev.pequel.audience.AudienceRepository.Version;
import java.util.List;
import java.util.UUID;

/**
 * An audience together with what others make of it.
 *
 * @param dependents the audiences whose expressions refer to it, oldest first
 */
record StoredAudience(Audience audience, List<UUID> dependents) {

    Version version() {
        return new Version(audience.id(), audience.etag(), dependents);
    }
}
