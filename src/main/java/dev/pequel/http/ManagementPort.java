package dev.pequel.http;

import dev.pequel.problem.Problem;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Serves the paths below {@code /q/} on a separate port, if one is set. Then the API's port does not serve these
 * paths, and the separate port serves no others. The management interface of Quarkus is not used, because it is
 * enabled when the package is built and not when it runs.
 */
@ApplicationScoped
class ManagementPort {

    private static final Logger LOG = Logger.getLogger(ManagementPort.class);

    /** After the filters that assign the id and validate the URI. */
    private static final int FOURTH = Integer.MAX_VALUE - 3;

    static final String ROOT = "/q";

    private final ManagementSettings settings;
    private final VertxHttpConfig http;
    private final Vertx vertx;
    private volatile Optional<HttpServer> server = Optional.empty();

    ManagementPort(ManagementSettings settings, VertxHttpConfig http, Vertx vertx) {
        this.settings = settings;
        this.http = http;
        this.vertx = vertx;
    }

    void register(@Observes Filters filters) {
        if (settings.port().isPresent()) {
            filters.register(this::separate, FOURTH);
        }
    }

    void start(@Observes StartupEvent started) {
        if (settings.port().isPresent()) {
            String host = settings.host().orElse(http.host());
            HttpServer listening = vertx.createHttpServer(
                            options(host, settings.port().getAsInt()))
                    .requestHandler(VertxHttpRecorder.getRootHandler())
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            server = Optional.of(listening);
            LOG.infof(
                    "Health, metrics and the OpenAPI document are available only at http://%s:%d%s.",
                    host, listening.actualPort(), ROOT);
        }
    }

    private HttpServerOptions options(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(Math.toIntExact(http.idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        server.ifPresent(HttpServer::close);
    }

    private void separate(RoutingContext request) {
        boolean here = server.filter(listening -> listening.actualPort()
                        == request.request().localAddress().port())
                .isPresent();
        if (here == isManagement(request.normalizedPath())) {
            request.next();
        } else {
            EarlyRefusal.end(
                    request,
                    Problem.NOT_FOUND,
                    "There is nothing at " + request.request().path() + ".");
        }
    }

    private static boolean isManagement(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }
}
