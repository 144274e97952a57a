package dev.pequel.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.http.RequestId;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Records changes of the current request as audit events. An event is written in the transaction of its change, so
 * that neither exists without the other.
 */
@ApplicationScoped
public class AuditTrail {

    private final RequestId requestId;

    AuditTrail(RequestId requestId) {
        this.requestId = requestId;
    }

    /** Records a change of an audience or of its members. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Sandbox sandbox, AudienceChange change) {
        AuditEvent event = event(
                sandbox, AuditSubject.AUDIENCE, change.action(), change.caller(), change.time(), change.properties());
        event.audienceId = change.audienceId();
        event.audienceName = change.audienceName();
        event.persist();
    }

    /** Records a change of another object in the sandbox. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Sandbox sandbox, SandboxChange change) {
        event(sandbox, change.subject(), change.action(), change.caller(), change.time(), change.properties())
                .persist();
    }

    private AuditEvent event(
            Sandbox sandbox,
            AuditSubject subject,
            AuditAction action,
            String caller,
            Instant time,
            List<PropertyChange> changes) {
        AuditEvent event = new AuditEvent();
        event.id = UUID.randomUUID();
        event.sandboxId = sandbox.id();
        event.subject = subject;
        event.action = action;
        event.caller = caller;
        event.requestId = requestId.value();
        event.occurredAt = time;
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        changes.forEach(change -> json.add(change.json()));
        event.changes = json.toString();
        return event;
    }
}
