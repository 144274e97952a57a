package dev.pequel.local;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Adds the header {@code Pequel-Mode: local} to each response, because the service must not be used in production. */
@ApplicationScoped
class LocalModeHeader {

    /** Runs before all filters that may refuse a request. */
    private static final int FIRST = Integer.MAX_VALUE;

    private static final CharSequence MODE = HttpHeaders.createOptimized("Pequel-Mode");
    private static final CharSequence LOCAL = HttpHeaders.createOptimized("local");

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    request.response().headers().set(MODE, LOCAL);
                    request.next();
                },
                FIRST);
    }
}
