package dev.pequel.pql;

/** Unicode's simple case folding, which removes differences of case independently of locale and database (P29). */
public final class CaseFolding {

    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int DOTLESS_SMALL_I = 0x131;

    private CaseFolding() {}

    /** Folds each character separately, so that a part of a text folds as it does within the text. */
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

    /**
     * Excludes the dotted capital and the dotless small i of Turkish, which Java maps to other letters but Unicode's
     * simple folding does not.
     */
    private static int fold(int character) {
        return character == DOTTED_CAPITAL_I || character == DOTLESS_SMALL_I
                ? character
                : Character.toLowerCase(Character.toUpperCase(character));
    }
}
