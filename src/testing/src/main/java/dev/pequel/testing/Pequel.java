package dev.pequel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A running {@code pequel-local}.
 *
 * <p>Methods throw {@link UncheckedIOException} if the service does not respond within a minute, and
 * {@link IllegalStateException} with its response if it refuses.
 */
public final class Pequel {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final URI url;
    private final HttpClient client;

    private Pequel(URI url, HttpClient client) {
        this.url = url;
        this.client = client;
    }

    /** @param url address of a running {@code pequel-local}, such as {@code http://localhost:8080} */
    public static Pequel at(URI url) {
        return new Pequel(url, HttpClient.newHttpClient());
    }

    /** Returns the address of the service without a path, such as {@code http://localhost:40123}. */
    public URI url() {
        return url;
    }

    /** Returns the clock of the service. */
    public PequelClock clock() {
        return new PequelClock(this);
    }

    /** Resets all sandboxes. Returns when their seeds are loaded. */
    public void reset() {
        send("POST", "/_pequel/reset", BodyPublishers.noBody());
    }

    /** Resets a sandbox of the default organization, {@code dev@Pequel}. Returns when its seeds are loaded. */
    public void reset(String sandbox) {
        send("POST", "/_pequel/reset?sandbox=" + encode(sandbox), BodyPublishers.noBody());
    }

    /** Resets a sandbox. Returns when its seeds are loaded. */
    public void reset(String organization, String sandbox) {
        send(
                "POST",
                "/_pequel/reset?organization=" + encode(organization) + "&sandbox=" + encode(sandbox),
                BodyPublishers.noBody());
    }

    /** Returns the body of a response whose status is 200. */
    String send(String method, String path, BodyPublisher body) {
        HttpResponse<String> response = exchange(method, path, body);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    method + " " + path + " returned " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Returns a response with any status. */
    HttpResponse<String> exchange(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + request.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + request.uri() + " was interrupted", e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
