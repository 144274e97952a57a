package dev.pequel.profile;

import dev.pequel.tenant.Tenant;

/** Something in a sandbox's profiles or events was changed and is committed. */
public record ProfilesChanged(Tenant tenant) {}
