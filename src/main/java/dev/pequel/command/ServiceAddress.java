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
 * Where a sandbox is, and who asks for it.
 *
 * @param url what is before {@code /data/core/ups}
 * @param headers those of each request
 */
record ServiceAddress(URI url, Map<String, String> headers) {

    private static final String TOKEN = "PEQUEL_TOKEN";
    private static final String API_KEY = "PEQUEL_API_KEY";

    private static final long LONGEST_TOKEN = 64 * 1024;

    /** A value of an argument that cannot be used; the message is for the caller. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param environment has the token and the API key, where arguments do not name them
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
                throw new Unusable(
                        "the value for the header " + header.getKey() + " has other characters than ASCII's");
            }
        }
        return new ServiceAddress(base(url), Map.copyOf(headers));
    }

    /** The whole address of a path of the API. */
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
            // Told below.
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
