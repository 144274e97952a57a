package dev.pequel.audience.store;

import dev.pequel.tenant.Sandbox;
import java.util.List;
import java.util.UUID;

/**
 * An audience with its sandbox and its dependents.
 *
 * @param dependents the audiences whose expressions refer to it, oldest first
 */
public record StoredAudience(Audience audience, Sandbox sandbox, List<UUID> dependents) {}
