package dev.pequel.schema;

import java.util.UUID;

/**
 * The schema of a sandbox as it is stored.
 *
 * @param etag a new one with every change
 * @param document JSON Schema, as it was sent
 */
record StoredSchema(UUID etag, String document) {}
