package dev.pequel.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A change of an audience, for the audit trail.
 *
 * @param audienceName the name after the change
 * @param caller the name of the caller, as in {@code createdBy}
 * @param time the time of the change, equal to that in the audience
 * @param properties the changed properties; empty when a client sends the same values again
 */
public record AudienceChange(
        UUID audienceId,
        String audienceName,
        AuditAction action,
        String caller,
        Instant time,
        List<PropertyChange> properties) {}
