package dev.pequel.audit;

import dev.pequel.database.SandboxedEntity;
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
}
