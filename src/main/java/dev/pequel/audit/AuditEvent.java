package dev.pequel.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the audit trail.
 *
 * @param audienceId with a name, of events of audiences alone
 * @param changes {@code [{"property","before","after"}]}, as JSON
 */
record AuditEvent(
        UUID id,
        String subject,
        Optional<UUID> audienceId,
        String audienceName,
        String action,
        String caller,
        String requestId,
        Instant time,
        String changes) {

    void putInto(ObjectNode document, Sandbox sandbox) {
        document.put("id", id.toString());
        TenantJson.put(document, sandbox);
        document.put("action", action);
        document.put("subject", subject);
        audienceId.ifPresent(audience ->
                document.putObject("audience").put("id", audience.toString()).put("name", audienceName));
        document.put("caller", caller);
        document.put("requestId", requestId);
        document.put("time", time.toString());
        document.putRawValue("changes", new RawValue(changes));
    }
}
