package dev.pequel.audience;

/** Removes differences of case, the same in every locale and every database. */
final class CaseFolding {

    private CaseFolding() {}

    /** Each character by itself, so that a part of a text is folded as it is within the text. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> Character.toLowerCase(Character.toUpperCase(character)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
