package dev.pequel.tenant;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The tenant that the current request is for, once that is known and allowed. */
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
