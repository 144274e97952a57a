package dev.pequel.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the properties of a document that name its tenant. */
public final class TenantJson {

    private TenantJson() {}

    /** Adds {@code imsOrgId} and {@code sandbox}. */
    public static void put(ObjectNode document, Sandbox sandbox) {
        document.put("imsOrgId", sandbox.tenant().organization());
        document.putObject("sandbox")
                .put("sandboxId", sandbox.sandboxId().toString())
                .put("sandboxName", sandbox.tenant().sandbox())
                .put("type", sandbox.type())
                .put("default", sandbox.isDefault());
    }
}
