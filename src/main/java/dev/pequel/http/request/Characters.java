package dev.pequel.http.request;

import java.util.Optional;

/** Finds characters that PostgreSQL cannot store: U+0000 and unpaired surrogates. */
public final class Characters {

    private static final int REPLACEMENT = 0xFFFD;

    private Characters() {}

    /** Returns a description of the first character that cannot be stored, if any. */
    public static Optional<String> unstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0) {
                return Optional.of("the character U+0000");
            }
            if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(character)) {
                return Optional.of("half of a surrogate pair (U+"
                        + Integer.toHexString(character).toUpperCase() + ")");
            }
        }
        return Optional.empty();
    }

    /** Replaces characters that cannot be stored by U+FFFD, for messages that quote input. */
    public static String replaceUnstorable(String text) {
        if (unstorable(text).isEmpty()) {
            return text;
        }
        return text.codePoints()
                .map(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? REPLACEMENT
                        : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
