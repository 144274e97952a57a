package dev.pequel.schema;

import dev.pequel.database.SandboxedEntity;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The schema of profiles that a sandbox has stored; at most one for each sandbox. */
@Entity
@Table(name = "sandbox_schema")
class StoredSchema extends SandboxedEntity {

    /** Changes with each change of the document; also the entity tag that clients see. */
    @Id
    UUID etag;

    /** JSON Schema, as it was sent. */
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

    /** The visible sandbox's schema, if it has stored one. */
    static Optional<StoredSchema> ofSandbox() {
        return StoredSchema.<StoredSchema>findAll().firstResultOptional();
    }

    /** The entity tag alone, which is much shorter than the schema. */
    static Optional<UUID> etagOfSandbox() {
        return getEntityManager()
                .createQuery("select etag from StoredSchema", UUID.class)
                .getResultStream()
                .findFirst();
    }
}
