package dev.pequel.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;

/** Tells whether the client of the current request is still connected. */
@ApplicationScoped
public class ClientConnection {

    private final CurrentVertxRequest request;

    ClientConnection(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * Returns a function that tells, from any thread, whether the client of the current request has closed its
     * connection. Without a request, the function returns false.
     */
    public BooleanSupplier closed() {
        RoutingContext current = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
        if (current == null) {
            return () -> false;
        }
        HttpServerResponse response = current.response();
        return response::closed;
    }
}
