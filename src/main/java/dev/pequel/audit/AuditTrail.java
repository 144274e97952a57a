package dev.pequel.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.error.RequestId;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Records what the current request changes. An event needs the transaction of its change: there is none without the other. */
@ApplicationScoped
public class AuditTrail {

    private final RequestId requestId;

    AuditTrail(RequestId requestId) {
        this.requestId = requestId;
    }

    /** Records a change of an audience, or of what belongs to it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Sandbox sandbox, AudienceChange change) {
        AuditEvent event = event(
                sandbox, AuditSubject.AUDIENCE, change.action(), change.caller(), change.time(), change.properties());
        event.audienceId = change.audienceId();
        event.audienceName = change.audienceName();
        event.persist();
    }

    /** Records a change of something else in the sandbox. */
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
