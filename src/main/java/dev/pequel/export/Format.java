package dev.pequel.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Format of exported profiles. */
enum Format {
    /** One JSON document per line. */
    NDJSON("application/x-ndjson"),
    /** RFC 4180, with the names of the fields in the first line. */
    CSV("text/csv");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The name in the API, and the extension of files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Format> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }
}
