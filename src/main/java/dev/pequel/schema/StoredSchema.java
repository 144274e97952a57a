package dev.pequel.schema;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The schema of a sandbox as it is stored. */
@Entity
@Table(name = "sandbox_schema")
class StoredSchema {

    @Id
    int sandbox;

    /** A new one with every change. */
    UUID etag;

    /** JSON Schema, as it was sent. */
    String document;

    Instant updateTime;

    String updatedBy;
}
