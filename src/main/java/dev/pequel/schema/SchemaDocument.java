package dev.pequel.schema;

import java.util.UUID;

/**
 * A stored schema as clients get it.
 *
 * @param document JSON Schema, as it was sent
 */
record SchemaDocument(String document, UUID etag) {

    static SchemaDocument of(StoredSchema schema) {
        return new SchemaDocument(schema.document, schema.etag);
    }
}
