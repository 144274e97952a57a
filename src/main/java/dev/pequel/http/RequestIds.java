package dev.pequel.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Assigns an id to every request before other filters run: the id sent by the client if it is well-formed, otherwise
 * a generated one. The id is in the response header {@code x-request-id}, and in log entries as {@code requestId}.
 */
@ApplicationScoped
class RequestIds {

    static final String HEADER = "x-request-id";
    private static final CharSequence ENCODED_HEADER = HttpHeaders.createOptimized(HEADER);
    private static final String LOGGED = "requestId";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int FIRST = Integer.MAX_VALUE;

    void register(@Observes Filters filters) {
        filters.register(RequestIds::identify, FIRST);
    }

    /** Returns the id of a request. */
    static String of(RoutingContext request) {
        return request.get(LOGGED);
    }

    private static void identify(RoutingContext request) {
        // A rerouted request passes this filter twice and keeps its id.
        if (of(request) == null) {
            String sent = request.request().getHeader(HEADER);
            String id = sent != null && FORM.matcher(sent).matches()
                    ? sent
                    : UUID.randomUUID().toString();
            request.put(LOGGED, id);
            MDC.put(LOGGED, id);
        }
        // Rerouting removes the response headers.
        request.response().putHeader(ENCODED_HEADER, of(request));
        request.next();
    }
}
