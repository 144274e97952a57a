package dev.pequel.pql;

/**
 * The limits of one expression. Exceeding a limit leads to a diagnostic, never to an exception.
 *
 * @param length characters of the text, as counted by {@link #characters}
 * @param depth levels of nesting
 * @param listItems items of one list literal
 */
public record Limits(int length, int depth, int listItems) {

    public static final Limits DEFAULT = new Limits(64 * 1024, 200, 10_000);

    /** Returns the number of Unicode code points. They are closer to visible characters than UTF-16 code units. */
    public static int characters(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
