package dev.pequel.tenant;

/**
 * A sandbox is being created, in the current transaction. What a sandbox has from the beginning is stored by observers in the
 * same transaction.
 */
public record SandboxCreated(Sandbox sandbox) {}
