package dev.pequel.tenant;

import jakarta.inject.Singleton;

/** What is configured about callers, put together once and not for each request, which would look it up by name. */
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
