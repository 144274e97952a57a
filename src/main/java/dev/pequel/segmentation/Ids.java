package dev.pequel.segmentation;

import java.util.Optional;
import java.util.UUID;

/** Ids in requests. */
final class Ids {

    private Ids() {}

    /** The id that a text is; empty for any other text, even one that {@link UUID#fromString} would complete. */
    static Optional<UUID> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException anotherText) {
            return Optional.empty();
        }
    }
}
