package dev.pequel.http.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reads and discards the rest of a body after its request was answered. Many requests are refused before their body
 * is read; without this, the end of the connection or the next request behind the body would never be read. If the
 * body does not end in time, the connection is closed; by then the client has had time to read the response.
 */
@ApplicationScoped
class UnreadBodies {

    /** Before every other filter, so that all requests are included. */
    private static final int FIRST = Integer.MAX_VALUE;

    /** HTTP/2 error code for a request whose remaining body is not needed (RFC 9113, section 8.1). */
    private static final long NO_ERROR = 0;

    private static final String WATCHED = UnreadBodies.class.getName();

    private final RequestSettings settings;

    UnreadBodies(RequestSettings settings) {
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, FIRST);
    }

    private void watch(RoutingContext context) {
        // A rerouted request passes this filter twice.
        if (context.get(WATCHED) == null) {
            context.put(WATCHED, true);
            // The body arrives on the context of the connection; the response may end on any thread.
            Context connection = context.vertx().getOrCreateContext();
            context.addEndHandler(answered -> {
                if (answered.succeeded()) {
                    connection.runOnContext(next -> forget(context));
                }
            });
        }
        context.next();
    }

    private void forget(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        request.handler(bytes -> {});
        request.resume();
        // A fully received body counts as ended only after resume(), and its end handler is not called.
        if (request.isEnded()) {
            return;
        }
        long end = context.vertx().setTimer(settings.unreadBodyTimeout().toMillis(), timer -> cutOff(request));
        request.exceptionHandler(lost -> context.vertx().cancelTimer(end));
        request.endHandler(read -> context.vertx().cancelTimer(end));
    }

    private static void cutOff(HttpServerRequest request) {
        // Other requests may share an HTTP/2 connection.
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
