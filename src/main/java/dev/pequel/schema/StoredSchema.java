package dev.pequel.schema;

import dev.pequel.database.SandboxedEntity;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The schema of profiles in the database, at most one per sandbox. */
@Entity
@Table(name = "sandbox_schema")
class StoredSchema extends SandboxedEntity {

    /** The entity tag, and the primary key. Each change of the document assigns a new one. */
    @Id
    UUID etag;

    /** The JSON Schema as sent by the client. */
    String document;

    Instant updateTime;

    String updatedBy;

    protected StoredSchema() {}

    StoredSchema(int sandboxId, UUID etag, String document, Instant updateTime, String updatedBy) {
        this.sandboxId = sandboxId;
        this.etag = etag;
        this.document = document;
        this.updateTime = updateTime;
        this.updatedBy = updatedBy;
    }

    /** Finds the stored schema of the visible sandbox. */
    static Optional<StoredSchema> ofSandbox() {
        return StoredSchema.<StoredSchema>findAll().firstResultOptional();
    }

    /** Finds only the entity tag, without reading the much larger document. */
    static Optional<UUID> etagOfSandbox() {
        return getEntityManager()
                .createQuery("select etag from StoredSchema", UUID.class)
                .getResultStream()
                .findFirst();
    }
}
