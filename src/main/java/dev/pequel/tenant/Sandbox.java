package dev.pequel.tenant;

import java.util.UUID;

/**
 * A sandbox as clients see it, and the merge policy its audiences have when they name none. It never changes.
 *
 * @param id the number that other tables refer to; clients never see it
 * @param sandboxId the id that clients see, the same for as long as the sandbox exists
 * @param type {@code production} or {@code development}
 * @param isDefault whether it is the organization's default sandbox
 */
public record Sandbox(
        int id, Tenant tenant, UUID sandboxId, String type, boolean isDefault, UUID defaultMergePolicyId) {

    static final String DEFAULT_NAME = "prod";
}
