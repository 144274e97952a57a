package dev.pequel.schema;

import dev.pequel.tenant.Tenant;

/** Event: the schema of a sandbox has changed. Observers that act on it wait for the end of the transaction. */
public record SchemaChanged(Tenant tenant) {}
