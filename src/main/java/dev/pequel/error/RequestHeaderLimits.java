package dev.pequel.error;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Refuses requests whose first line is longer, or whose headers are larger, than {@code quarkus.http.limits} allow. The server
 * would do that itself, but with a bare status: what it cannot read has no id and reaches nobody who could say more. So it may
 * read {@value #READ} times as much, and only beyond that it answers alone.
 */
@ApplicationScoped
class RequestHeaderLimits implements HttpServerOptionsCustomizer {

    private static final int READ = 4;

    /** After the request has got its id. */
    private static final int SECOND = Integer.MAX_VALUE - 1;

    /** What a first line has beside the method and the address. */
    private static final int REST_OF_LINE = "  HTTP/1.1".length();

    /** What a header has beside its name and its value. */
    private static final int REST_OF_HEADER = ": ".length();

    private final int lineLimit;
    private final long headerLimit;

    /** Takes the limits from the settings, because live reload makes this anew for a server that goes on as it is. */
    RequestHeaderLimits(VertxHttpConfig http) {
        lineLimit = http.limits().maxInitialLineLength();
        headerLimit = http.limits().maxHeaderSize().asLongValue();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        raise(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        raise(options);
    }

    private static void raise(HttpServerOptions options) {
        options.setMaxInitialLineLength(Math.multiplyExact(options.getMaxInitialLineLength(), READ));
        options.setMaxHeaderSize(Math.multiplyExact(options.getMaxHeaderSize(), READ));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, SECOND);
    }

    private void check(RoutingContext context) {
        int line = lineLength(context.request());
        if (line > lineLimit) {
            EarlyRefusal.end(
                    context,
                    Problem.ADDRESS_TOO_LONG,
                    "The request's first line has " + line + " bytes, and may have " + lineLimit + ".");
            return;
        }
        long headers = size(context.request().headers());
        if (headers > headerLimit) {
            EarlyRefusal.end(
                    context,
                    Problem.HEADERS_TOO_LARGE,
                    "The request's headers have " + headers + " bytes, and may have " + headerLimit + ".");
            return;
        }
        context.next();
    }

    private static int lineLength(HttpServerRequest request) {
        return request.method().name().length() + request.uri().length() + REST_OF_LINE;
    }

    private static long size(MultiMap headers) {
        long size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length() + REST_OF_HEADER;
        }
        return size;
    }
}
