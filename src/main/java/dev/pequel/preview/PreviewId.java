package dev.pequel.preview;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a preview for clients: {@code 0:2:QUERY_ID:EXECUTION_ID} in URL-safe Base64, as in the hosted service. */
record PreviewId(UUID query, int execution) {

    private static final Pattern FORM =
            Pattern.compile("0:2:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(\\d{1,9})");

    static Optional<PreviewId> parse(String text) {
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            return parts.matches()
                    ? Optional.of(new PreviewId(UUID.fromString(parts.group(1)), Integer.parseInt(parts.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("0:2:" + query + ":" + execution).getBytes(StandardCharsets.UTF_8));
    }
}
