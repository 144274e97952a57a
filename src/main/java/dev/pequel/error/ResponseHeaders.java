package dev.pequel.error;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Gives each answer the headers that protect its content, before anything can refuse the request. Browsers take it for what its
 * media type says, no shared cache keeps it, and a client's cache asks whether it is still current. A resource may replace
 * them. What is not of the API, such as health and Swagger UI, says itself how it may be cached.
 *
 * <p>{@code quarkus.http.header} sets such headers by path. It fails on a path that cannot be decoded, before the request has
 * its id.
 */
@ApplicationScoped
class ResponseHeaders {

    /** Before a request can be refused. */
    private static final int FIRST = Integer.MAX_VALUE;

    private static final String OUTSIDE_THE_API = ManagementPort.ROOT + "/";

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NO_SNIFFING = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence FOR_THE_CLIENT_ALONE = HttpHeaders.createOptimized("private, no-cache");

    void register(@Observes Filters filters) {
        filters.register(ResponseHeaders::put, FIRST);
    }

    private static void put(RoutingContext request) {
        MultiMap headers = request.response().headers();
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFFING);
        if (!request.request().uri().startsWith(OUTSIDE_THE_API)) {
            headers.set(HttpHeaders.CACHE_CONTROL, FOR_THE_CLIENT_ALONE);
        }
        request.next();
    }
}
