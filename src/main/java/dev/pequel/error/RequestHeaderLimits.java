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
 * Refuses requests whose first line or headers exceed {@code quarkus.http.limits}. The server's own check sends a
 * bare status, without error body or request id. Therefore the server's limits are raised by a factor of
 * {@value #READ}, and this filter applies the configured ones.
 */
@ApplicationScoped
class RequestHeaderLimits implements HttpServerOptionsCustomizer {

    private static final int READ = 4;

    /** After the filter that assigns the id. */
    private static final int SECOND = Integer.MAX_VALUE - 1;

    /** Length of the first line without method and URI. */
    private static final int REST_OF_LINE = "  HTTP/1.1".length();

    /** Length of a header without name and value. */
    private static final int REST_OF_HEADER = ": ".length();

    private final int lineLimit;
    private final long headerLimit;

    /**
     * Reads the limits from the settings, because live reload creates this bean again while the server and its raised
     * options stay.
     */
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
