package dev.pequel.schema;

import java.util.UUID;

/**
 * A stored schema for clients.
 *
 * @param document the JSON Schema as sent by the client
 */
record SchemaDocument(String document, UUID etag) {

    static SchemaDocument of(StoredSchema schema) {
        return new SchemaDocument(schema.document, schema.etag);
    }
}
