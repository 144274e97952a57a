package dev.pequel.error;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reads what is left of a body that was not read before its request was answered, and forgets it. Many requests are refused by
 * their first lines alone; whatever waits on the connection behind them, be it its end or the next request, would wait for ever.
 * A client that still sends after a while has had time to see the answer, and is cut off.
 */
@ApplicationScoped
class UnreadBodies {

    /** Before every other filter, so that each request is watched. */
    private static final int FIRST = Integer.MAX_VALUE;

    /** The code by which a server says that it needs nothing more of a request (RFC 9113, section 8.1). */
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
        // A request that was rerouted comes here again.
        if (context.get(WATCHED) == null) {
            context.put(WATCHED, true);
            // Where the request's bytes arrive, while the answer may come from any thread.
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
        // One that was read to its end counts as ended only now, and its end is not told again.
        if (request.isEnded()) {
            return;
        }
        long end = context.vertx().setTimer(settings.unreadBodyTimeout().toMillis(), timer -> cutOff(request));
        request.exceptionHandler(lost -> context.vertx().cancelTimer(end));
        request.endHandler(read -> context.vertx().cancelTimer(end));
    }

    private static void cutOff(HttpServerRequest request) {
        // Other requests may share a connection of HTTP/2.
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
