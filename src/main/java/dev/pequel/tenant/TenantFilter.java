package dev.pequel.tenant;

import dev.pequel.problem.TooManyRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Refuses requests without a permitted tenant, or above the organization's limits, before their body is read. */
@ApplicationScoped
class TenantFilter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Caller caller;
    private final RequestRate rate;
    private final RequestedTenant requested;
    private final int atATime;
    private final OrganizationLimiter turns;

    TenantFilter(Caller caller, RequestRate rate, RequestedTenant requested, TenantSettings settings) {
        this.rate = rate;
        this.caller = caller;
        this.requested = requested;
        atATime = settings.requestsAtATime();
        turns = new OrganizationLimiter(atATime);
    }

    @ServerRequestFilter
    void requireTenant() {
        Tenant tenant = caller.tenant();
        rate.count(tenant.organization());
        takeTurn(tenant.organization());
        requested.set(tenant);
    }

    /**
     * Takes a permit for as long as the request occupies a thread: until its response is written, or until its work
     * has ended after the connection was lost.
     */
    private void takeTurn(String organization) {
        if (!turns.take(organization)) {
            throw new TooManyRequests(
                    "The organization already has " + atATime + " requests in progress.", RETRY_AFTER);
        }
        CurrentRequestManager.get().registerCompletionCallback(failure -> turns.giveBack(organization));
    }
}
