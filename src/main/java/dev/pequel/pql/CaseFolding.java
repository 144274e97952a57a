package dev.pequel.pql;

/** Unicode's simple case folding: without differences of case, the same in every locale and every database (P29). */
public final class CaseFolding {

    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int DOTLESS_SMALL_I = 0x131;

    private CaseFolding() {}

    /** Each character by itself, so that a part of a text is folded as it is within the text. */
    public static String fold(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 128 && (text.charAt(i) < 'A' || text.charAt(i) > 'Z')) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().map(CaseFolding::fold).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** The letters of Turkish that are neither "i" nor "I" have a case in Java, but none in Unicode's simple folding. */
    private static int fold(int character) {
        return character == DOTTED_CAPITAL_I || character == DOTLESS_SMALL_I
                ? character
                : Character.toLowerCase(Character.toUpperCase(character));
    }
}
