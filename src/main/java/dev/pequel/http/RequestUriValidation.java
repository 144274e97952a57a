package dev.pequel.http;

import dev.pequel.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses requests whose URI cannot be decoded, such as {@code /%zz}. The framework answers some of these without a
 * body, and decodes others with replacement characters. Its own check is disabled by the system property
 * {@code vertx.disableURIValidation}, so that such requests reach this filter.
 */
@ApplicationScoped
class RequestUriValidation {

    /** After the filters that assign the id and check the length. */
    private static final int THIRD = Integer.MAX_VALUE - 2;

    void register(@Observes Filters filters) {
        filters.register(RequestUriValidation::check, THIRD);
    }

    private static void check(RoutingContext context) {
        if (isAddress(context.request().uri())) {
            context.next();
            return;
        }
        EarlyRefusal.end(
                context,
                Problem.INVALID_REQUEST,
                "The request's URI is malformed: characters other than letters, digits and punctuation of URIs must"
                        + " be written as UTF-8 with two hexadecimal digits after `%` for each byte.");
    }

    /** Whether the URI is well-formed and decodable. */
    static boolean isAddress(String address) {
        if (isPlain(address)) {
            return true;
        }
        try {
            new URI(address);
            return isDecodable(address);
        } catch (URISyntaxException anotherText) {
            return false;
        }
    }

    /** Fast path for most requests: a path and optionally a query, without encoded characters. */
    private static boolean isPlain(String address) {
        if (!address.startsWith("/") || address.startsWith("//")) {
            return false;
        }
        for (int i = 0; i < address.length(); i++) {
            char character = address.charAt(i);
            boolean plain = character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '-' && character <= '9'
                    || character == '_'
                    || character == '?'
                    || character == '='
                    || character == '&';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** Whether every {@code %} begins an encoded byte, and adjacent encoded bytes are valid UTF-8. */
    private static boolean isDecodable(String address) {
        int position = address.indexOf('%');
        while (position >= 0) {
            ByteBuffer bytes = ByteBuffer.allocate((address.length() - position) / 3 + 1);
            while (position < address.length() && address.charAt(position) == '%') {
                if (position + 2 >= address.length()) {
                    return false;
                }
                int high = Character.digit(address.charAt(position + 1), 16);
                int low = Character.digit(address.charAt(position + 2), 16);
                if (high < 0 || low < 0) {
                    return false;
                }
                bytes.put((byte) (high << 4 | low));
                position += 3;
            }
            try {
                StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            } catch (CharacterCodingException anotherEncoding) {
                return false;
            }
            position = address.indexOf('%', position);
        }
        return true;
    }
}
