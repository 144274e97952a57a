package dev.pequel.schema;

import dev.pequel.tenant.Tenant;

/** A sandbox has another schema than before. Observers that act on it wait for the end of the transaction. */
public record SchemaChanged(Tenant tenant) {}
