package dev.pequel.error;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a request may be like. */
@ConfigMapping(prefix = "pequel.request")
public interface RequestSettings {

    /** Bytes that a JSON body may have; a longer one is answered with 413. */
    @WithDefault("1M")
    MemorySize bodyLimit();

    /** Levels to which objects and arrays of a JSON body may be nested. */
    @WithDefault("200")
    int bodyDepth();

    /** So long a JSON body may take to arrive; what comes later is answered with 408. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * Bytes a second in which an import, or a list of members, must arrive, on average over each body timeout that it takes; a
     * slower one is answered with 408.
     */
    @WithDefault("1K")
    MemorySize minimumRate();

    /** So long a body may go on arriving after its request was answered; then the connection is closed. */
    @WithDefault("10s")
    Duration unreadBodyTimeout();

    /**
     * Origins, such as {@code https://console.example.com}, whose pages may call the API from a browser; {@code *} for all. None
     * by default. Another origin's request is answered without the headers that let its page read the answer, or with 403.
     */
    Optional<List<String>> allowedOrigins();

    /**
     * Whether HTTP/2 is spoken without TLS (h2c), after an {@code Upgrade} and from the first byte. HTTP/2 with TLS is on, and
     * {@code quarkus.http.http2=false} switches both off.
     */
    @WithDefault("false")
    boolean cleartextHttp2();
}
