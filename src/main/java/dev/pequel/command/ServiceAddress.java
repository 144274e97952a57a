package dev.pequel.command;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The URL of a service, with the headers that select a sandbox and authenticate the caller.
 *
 * @param url the part before {@code /data/core/ups}, without a slash at its end
 * @param headers the headers of each request
 */
record ServiceAddress(URI url, Map<String, String> headers) {

    private static final String TOKEN = "PEQUEL_TOKEN";
    private static final String API_KEY = "PEQUEL_API_KEY";

    private static final long LONGEST_TOKEN = 64 * 1024;

    /** Thrown for an invalid argument. The message is shown to the user. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param environment the environment variables, which supply the token and the API key if arguments do not
     * @throws Unusable if the URL is invalid, the file of the token cannot be read, or a header would not be ASCII
     */
    static ServiceAddress of(
            String url,
            Optional<String> organization,
            Optional<String> sandbox,
            Optional<Path> tokenFile,
            Optional<String> apiKey,
            Map<String, String> environment)
            throws Unusable {
        Map<String, String> headers = new LinkedHashMap<>();
        organization.ifPresent(name -> headers.put("x-gw-ims-org-id", name));
        sandbox.ifPresent(name -> headers.put("x-sandbox-name", name));
        Optional<String> token = tokenFile.isPresent()
                ? Optional.of(read(tokenFile.get()))
                : Optional.ofNullable(environment.get(TOKEN));
        token.map(String::strip)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> headers.put("Authorization", "Bearer " + text));
        apiKey.or(() -> Optional.ofNullable(environment.get(API_KEY))).ifPresent(key -> headers.put("x-api-key", key));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getValue().chars().anyMatch(character -> character < ' ' || character > '~')) {
                throw new Unusable("the value for the header " + header.getKey() + " contains non-ASCII characters");
            }
        }
        return new ServiceAddress(base(url), Map.copyOf(headers));
    }

    /** Returns the URL of a path of the API. */
    URI resolve(String path) {
        return URI.create(url + "/data/core/ups" + path);
    }

    private static URI base(String text) throws Unusable {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getRawQuery() == null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Reported below.
        }
        throw new Unusable("--url must be like https://pequel.example, but is " + text);
    }

    private static String read(Path file) throws Unusable {
        try {
            if (Files.size(file) > LONGEST_TOKEN) {
                throw new Unusable(file + ": is too long for a token");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Unusable(file + ": the token cannot be read");
        }
    }
}
