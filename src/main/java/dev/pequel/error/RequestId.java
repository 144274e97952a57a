package dev.pequel.error;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/** The id by which the client and the service's log speak of the same request. */
@RequestScoped
public class RequestId {

    private final String value;

    RequestId(RoutingContext request) {
        value = RequestIds.of(request);
    }

    /** The client's own id where it sent a usable one, else a new one. */
    public String value() {
        return value;
    }
}
