package dev.pequel.pql;

/**
 * What one expression may cost. Exceeding a limit is a diagnostic, never an exception.
 *
 * @param length characters of the text, as {@link #characters} counts them
 * @param depth levels of nesting
 * @param listItems items of one list literal
 */
public record Limits(int length, int depth, int listItems) {

    public static final Limits DEFAULT = new Limits(64 * 1024, 200, 10_000);

    /** The characters of a text, in Unicode code points: one for each that people see as one sign, however Java stores it. */
    public static int characters(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
