package dev.pequel.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/** The id of the current request, in the response and in the log. Work without a request has an id too. */
@RequestScoped
public class RequestId {

    private final String value;

    RequestId(CurrentVertxRequest request) {
        value = Optional.ofNullable(request.getCurrent())
                .map(RequestIds::of)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** Returns the id sent by the client if it is well-formed; otherwise a generated id. */
    public String value() {
        return value;
    }
}
