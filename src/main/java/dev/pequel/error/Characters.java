package dev.pequel.error;

import java.util.Optional;

/** Which characters PostgreSQL can store. */
public final class Characters {

    private static final int REPLACEMENT = 0xFFFD;

    private Characters() {}

    /** The name of the first character that no text in the database can have, if there is one. */
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

    /** The text with U+FFFD in place of what cannot be stored, for messages that quote what somebody sent. */
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
