package dev.pequel.audit;

import java.time.Instant;
import java.util.List;

/**
 * A change of an object in a sandbox other than an audience, for the audit trail.
 *
 * @param caller the name of the caller, as in {@code createdBy}
 */
public record SandboxChange(
        AuditSubject subject, AuditAction action, String caller, Instant time, List<PropertyChange> properties) {}
