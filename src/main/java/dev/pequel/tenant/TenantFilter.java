package dev.pequel.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a request that is for no tenant, or not for the caller's, before anything of it is read. */
@ApplicationScoped
class TenantFilter {

    private final Caller caller;

    TenantFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter
    void requireTenant() {
        caller.tenant();
    }
}
