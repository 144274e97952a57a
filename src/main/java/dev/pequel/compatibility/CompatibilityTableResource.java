package dev.pequel.compatibility;

import dev.pequel.problem.NotImplemented;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Serves {@code docs/compatibility.md} without authentication, at the path to which error responses link. It is not a
 * Jakarta REST resource, because those require a tenant.
 */
@ApplicationScoped
class CompatibilityTableResource {

    /** Browsers display plain text, whereas many offer {@code text/markdown} as a download. */
    private static final String TEXT = "text/plain;charset=UTF-8";

    void register(@Observes Router router) {
        Buffer table = read();
        router.route(NotImplemented.TABLE)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-1)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                        .end(table));
    }

    private static Buffer read() {
        try (InputStream table = CompatibilityTableResource.class.getResourceAsStream(NotImplemented.TABLE)) {
            return Buffer.buffer(table.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
