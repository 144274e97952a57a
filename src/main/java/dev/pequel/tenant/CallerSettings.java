package dev.pequel.tenant;

import dev.pequel.tenant.authentication.AuthenticationSettings;
import jakarta.inject.Singleton;

/** Holds the settings for {@link Caller}, so that requests do not look them up by name. */
@Singleton
class CallerSettings {

    private final TenantSettings tenant;
    private final AuthenticationSettings authentication;

    CallerSettings(TenantSettings tenant, AuthenticationSettings authentication) {
        this.tenant = tenant;
        this.authentication = authentication;
    }

    TenantSettings tenant() {
        return tenant;
    }

    AuthenticationSettings authentication() {
        return authentication;
    }
}
