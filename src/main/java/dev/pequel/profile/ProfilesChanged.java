package dev.pequel.profile;

/**
 * Event: an import or deletion has ended.
 *
 * @param sandbox number of the sandbox
 */
record ProfilesChanged(int sandbox) {}
