package dev.pequel.error;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Refuses HTTP/2 without TLS, however a client begins it, unless the settings allow it. A proxy that forwards an
 * {@code Upgrade} lets a client pass by what it checks of each request. HTTP/2 with TLS is a setting of Quarkus.
 */
@ApplicationScoped
class CleartextHttp2 implements HttpServerOptionsCustomizer {

    private final boolean allowed;

    CleartextHttp2(RequestSettings settings) {
        allowed = settings.cleartextHttp2();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        restrict(options);
    }

    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        restrict(options);
    }

    private void restrict(HttpServerOptions options) {
        if (!allowed) {
            options.setHttp2ClearTextEnabled(false);
        }
    }
}
