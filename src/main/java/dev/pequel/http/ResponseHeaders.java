package dev.pequel.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Adds protective headers to every response, including refusals by later filters. Browsers do not guess the media
 * type, shared caches do not store the response, and private caches revalidate it. A resource can replace the
 * headers. Paths outside the API, such as health and Swagger UI, set their own caching headers.
 *
 * <p>{@code quarkus.http.header} is not used, because it fails on paths that cannot be decoded, before the request
 * has its id.
 */
@ApplicationScoped
class ResponseHeaders {

    /** Before the filters that can refuse a request. */
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
