package dev.pequel.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a request that is for no tenant, or not for the caller's, or one too many, before anything of it is read. */
@ApplicationScoped
class TenantFilter {

    private final Caller caller;
    private final RequestRate rate;
    private final RequestedTenant requested;

    TenantFilter(Caller caller, RequestRate rate, RequestedTenant requested) {
        this.rate = rate;
        this.caller = caller;
        this.requested = requested;
    }

    @ServerRequestFilter
    void requireTenant() {
        Tenant tenant = caller.tenant();
        rate.count(tenant.organization());
        requested.set(tenant);
    }
}
