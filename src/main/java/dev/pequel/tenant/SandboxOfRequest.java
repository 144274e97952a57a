package dev.pequel.tenant;

import dev.pequel.database.RequestedSandbox;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;

/**
 * Provides the sandbox of the current request if it is cached, because a lookup needs a database connection itself.
 */
@ApplicationScoped
class SandboxOfRequest implements RequestedSandbox {

    private final RequestedTenant requested;
    private final Sandboxes sandboxes;

    SandboxOfRequest(RequestedTenant requested, Sandboxes sandboxes) {
        this.requested = requested;
        this.sandboxes = sandboxes;
    }

    @Override
    public OptionalInt number() {
        if (!Arc.container().requestContext().isActive()) {
            return OptionalInt.empty();
        }
        return requested
                .tenant()
                .flatMap(sandboxes::known)
                .map(sandbox -> OptionalInt.of(sandbox.id()))
                .orElse(OptionalInt.empty());
    }
}
