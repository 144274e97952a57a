package dev.pequel.http.request;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Limits of HTTP requests. */
@ConfigMapping(prefix = "pequel.request")
public interface RequestSettings {

    /** Maximum size of a JSON body, in bytes. When exceeded, the response is 413. */
    @WithDefault("1M")
    MemorySize bodyLimit();

    /** Maximum nesting depth of objects and arrays in a JSON body. When exceeded, the response is 400. */
    @WithDefault("200")
    int bodyDepth();

    /** Maximum time for a JSON body to arrive. When exceeded, the response is 408. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * Minimum rate, in bytes per second, at which an import or a list of members must arrive, on average over each
     * {@code pequel.request.body-timeout}. A slower body is answered with 408.
     */
    @WithDefault("1K")
    MemorySize minimumRate();

    /**
     * Maximum time for the rest of a body to arrive after its request was answered. When exceeded, the connection is
     * closed.
     */
    @WithDefault("10s")
    Duration unreadBodyTimeout();

    /**
     * Origins, such as {@code https://console.example.com}, separated by commas, whose pages may call the API from a
     * browser (CORS); {@code *} allows all. Pages of other origins cannot read responses, or get 403.
     */
    Optional<List<String>> allowedOrigins();

    /**
     * Enables HTTP/2 without TLS (h2c); otherwise requests without TLS are answered in HTTP/1.1. HTTP/2 with TLS is
     * always enabled, unless {@code quarkus.http.http2} is {@code false}.
     */
    @WithDefault("false")
    boolean cleartextHttp2();
}
