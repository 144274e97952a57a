package dev.pequel.audit;

import java.time.Instant;
import java.util.List;

/**
 * What somebody did to something in a sandbox that is no audience.
 *
 * @param caller as in {@code createdBy}
 */
public record SandboxChange(
        AuditSubject subject, AuditAction action, String caller, Instant time, List<PropertyChange> properties) {}
