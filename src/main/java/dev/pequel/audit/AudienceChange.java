package dev.pequel.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What somebody did to an audience.
 *
 * @param audienceName after the change
 * @param caller as in {@code createdBy}
 * @param time of the change, as the audience shows it
 * @param properties may be empty: a client can also send what is there already
 */
public record AudienceChange(
        UUID audienceId,
        String audienceName,
        AuditAction action,
        String caller,
        Instant time,
        List<PropertyChange> properties) {}
