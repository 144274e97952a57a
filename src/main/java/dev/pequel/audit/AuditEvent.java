package dev.pequel.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.pequel.database.SandboxedEntity;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A row of the audit trail: a change by a caller, written in the transaction of the change. */
@Entity
@Immutable
class AuditEvent extends SandboxedEntity {

    @Id
    UUID id;

    /**
     * The order of events, assigned by the database. It counts events of all sandboxes and is therefore hidden from
     * clients.
     */
    @Column(insertable = false, updatable = false)
    Long sequence;

    @Enumerated(EnumType.STRING)
    AuditSubject subject;

    /** Only for events of audiences. */
    UUID audienceId;

    /** The audience's name after the change. */
    String audienceName;

    @Enumerated(EnumType.STRING)
    AuditAction action;

    String caller;

    String requestId;

    Instant occurredAt;

    /** {@code [{"property","before","after"}]}. The column is json, as jsonb would reorder the properties. */
    @ColumnTransformer(write = "?::json")
    String changes;

    void putInto(ObjectNode document, Sandbox sandbox) {
        document.put("id", id.toString());
        TenantJson.put(document, sandbox);
        document.put("action", action.word());
        document.put("subject", subject.word());
        if (audienceId != null) {
            document.putObject("audience").put("id", audienceId.toString()).put("name", audienceName);
        }
        document.put("caller", caller);
        document.put("requestId", requestId);
        document.put("time", occurredAt.toString());
        document.putRawValue("changes", new RawValue(changes));
    }
}
