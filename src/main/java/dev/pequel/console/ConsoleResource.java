package dev.pequel.console;

import dev.pequel.http.EarlyRefusal;
import dev.pequel.problem.Problem;
import dev.pequel.tenant.TenantSettings;
import dev.pequel.tenant.authentication.AuthenticationSettings;
import dev.pequel.tenant.authentication.TokenVerification;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code /console}: the page of the console and its configuration, without authentication. They are not Jakarta REST
 * resources, because those require a tenant. Quarkus serves the page's scripts and styles from
 * {@code META-INF/resources}; this class adds their headers.
 */
@ApplicationScoped
class ConsoleResource {

    private static final String ROOT = "/console";

    private static final String PAGE = ROOT + "/";

    /** Files of libraries, whose paths contain the version. */
    private static final String LIBRARIES = "/_static/";

    private static final String HTML = "text/html;charset=UTF-8";

    /** After the filters that validate requests and assign ids. */
    private static final int PRIORITY = 100;

    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("content-security-policy");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("referrer-policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence NEVER_CHANGES =
            HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private final boolean enabled;
    private final Buffer page;
    private final Buffer configuration;
    private final CharSequence policy;

    ConsoleResource(
            ConsoleSettings settings,
            TokenVerification verification,
            AuthenticationSettings authentication,
            TenantSettings tenant) {
        SignIn signIn = SignIn.of(verification, settings);
        String html = read();
        enabled = settings.enabled();
        page = Buffer.buffer(html);
        configuration = Buffer.buffer(
                ConsoleConfiguration.of(signIn, authentication, tenant).toString());
        policy = HttpHeaders.createOptimized(ContentSecurityPolicy.of(html, signIn));
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, PRIORITY);
    }

    void register(@Observes Router router) {
        if (enabled) {
            serve(router, "/", ConsoleResource::redirect);
            serve(router, ROOT, this::page);
            serve(router, ROOT + "/config", context -> end(context, MediaType.APPLICATION_JSON, configuration));
        }
    }

    /** Adds headers to the responses of the console, or refuses the request if the console is disabled. */
    private void filter(RoutingContext request) {
        String path = request.normalizedPath();
        if (path.startsWith(LIBRARIES)) {
            request.addHeadersEndHandler(written -> cacheForever(request.response()));
        } else if (path.equals(ROOT) || path.startsWith(PAGE)) {
            if (!enabled) {
                EarlyRefusal.end(
                        request,
                        Problem.NOT_FOUND,
                        "There is nothing at " + request.request().path() + ".");
                return;
            }
            MultiMap headers = request.response().headers();
            headers.set(CONTENT_SECURITY_POLICY, policy);
            headers.set(REFERRER_POLICY, NO_REFERRER);
            // The framework reports the time at which this process unpacked the file. Compared with the time of
            // another replica, it could make a browser keep a file of an older version.
            request.addHeadersEndHandler(written -> headers.remove(HttpHeaders.LAST_MODIFIED));
        }
        request.next();
    }

    /** Not for a 404: after an upgrade another replica may have the file. */
    private static void cacheForever(HttpServerResponse response) {
        if (response.getStatusCode() == 200 || response.getStatusCode() == 304) {
            response.headers().set(HttpHeaders.CACHE_CONTROL, NEVER_CHANGES);
        }
    }

    private static void serve(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-1)
                .handler(handler);
    }

    /** The route matches the path with and without a slash at its end. */
    private void page(RoutingContext context) {
        if (context.normalizedPath().equals(PAGE)) {
            end(context, HTML, page);
        } else {
            redirect(context);
        }
    }

    private static void redirect(RoutingContext context) {
        String query = context.request().query();
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, query == null ? PAGE : PAGE + "?" + query)
                .end();
    }

    private static void end(RoutingContext context, String type, Buffer body) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }

    private static String read() {
        try (InputStream html = ConsoleResource.class.getResourceAsStream("index.html")) {
            return new String(html.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
