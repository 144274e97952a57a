package dev.pequel.http;

import dev.pequel.http.request.RequestSettings;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Disables HTTP/2 without TLS (h2c) unless the settings allow it. Behind a proxy that forwards {@code Upgrade}, h2c
 * lets a client bypass the proxy's checks of later requests. HTTP/2 with TLS is a setting of Quarkus.
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
