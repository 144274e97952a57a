package dev.pequel.profile;

/**
 * An import or deletion has ended.
 *
 * @param sandbox the sandbox's number
 */
record ProfilesChanged(int sandbox) {}
