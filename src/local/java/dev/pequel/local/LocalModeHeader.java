package dev.pequel.local;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says in each answer that it is not of a service that anybody should rely on. */
@ApplicationScoped
class LocalModeHeader {

    /** Before a request can be refused. */
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
