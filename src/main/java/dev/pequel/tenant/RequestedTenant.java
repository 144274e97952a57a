package dev.pequel.tenant;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Holds the tenant of the current request after the caller was authorized for it. */
@RequestScoped
class RequestedTenant {

    private Optional<Tenant> tenant = Optional.empty();

    void set(Tenant tenant) {
        this.tenant = Optional.of(tenant);
    }

    Optional<Tenant> tenant() {
        return tenant;
    }
}
