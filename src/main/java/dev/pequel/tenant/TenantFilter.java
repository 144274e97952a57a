package dev.pequel.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a request that is for no tenant, or not for the caller's, before anything of it is read. */
@ApplicationScoped
class TenantFilter {

    private final Caller caller;
    private final RequestedTenant requested;

    TenantFilter(Caller caller, RequestedTenant requested) {
        this.caller = caller;
        this.requested = requested;
    }

    @ServerRequestFilter
    void requireTenant() {
        requested.set(caller.tenant());
    }
}
