package dev.pequel.http;

import dev.pequel.http.request.RequestSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * Allows pages of the configured origins to call the API from a browser (CORS). {@code quarkus.http.cors} is not
 * used, because it needs two settings, one of which refuses pages of this service behind a proxy.
 */
@ApplicationScoped
class CrossOriginRequests {

    /** After the filter that assigns the id. */
    private static final int SECOND = Integer.MAX_VALUE - 1;

    private static final String ALL = "*";

    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final Set<String> SENT = Set.of(
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "x-api-key",
            "x-gw-ims-org-id",
            "x-request-id",
            "x-sandbox-name");

    private static final Set<String> READ =
            Set.of("ETag", "Location", "Retry-After", "X-Location", RequestIds.HEADER, IgnoredInput.HEADER);

    private final List<String> origins;

    CrossOriginRequests(RequestSettings settings) {
        origins = settings.allowedOrigins().orElse(List.of());
    }

    void register(@Observes Filters filters) {
        if (!origins.isEmpty()) {
            CorsHandler handler = handler();
            filters.register(request -> handle(request, handler), SECOND);
        }
    }

    /** The handler refuses pages of this service, for whose scripts and changes browsers name an origin too. */
    private static void handle(RoutingContext request, CorsHandler handler) {
        if (isSameOrigin(request.request())) {
            request.next();
        } else {
            handler.handle(request);
        }
    }

    /** Ignores the scheme, which a proxy may have changed. */
    private static boolean isSameOrigin(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && request.authority() != null && origin.endsWith("://" + request.authority());
    }

    private CorsHandler handler() {
        CorsHandler handler = CorsHandler.create();
        if (origins.contains(ALL)) {
            handler.addOrigin(ALL);
        } else {
            handler.addOrigins(origins);
        }
        return handler.allowedMethods(METHODS).allowedHeaders(SENT).exposedHeaders(READ);
    }
}
