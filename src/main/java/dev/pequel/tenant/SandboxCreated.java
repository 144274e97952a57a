package dev.pequel.tenant;

/**
 * Event: the current transaction creates a sandbox. Observers store the initial content of the sandbox in the same
 * transaction.
 */
public record SandboxCreated(Sandbox sandbox) {}
