package dev.pequel.error;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/** The id by which the client and the service's log speak of the same request. Work that no request asked for has one too. */
@RequestScoped
public class RequestId {

    private final String value;

    RequestId(CurrentVertxRequest request) {
        value = Optional.ofNullable(request.getCurrent())
                .map(RequestIds::of)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** The client's own id where it sent a usable one, else a new one. */
    public String value() {
        return value;
    }
}
