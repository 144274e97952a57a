package dev.pequel.profile;

/**
 * Event: an import or deletion has ended.
 *
 * @param sandbox number of the sandbox
 */
public record ProfilesChanged(int sandbox) {}
