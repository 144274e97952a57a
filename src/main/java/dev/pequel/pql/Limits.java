package dev.pequel.pql;

/**
 * What one expression may cost. Exceeding a limit is a diagnostic, never an exception.
 *
 * @param length characters of the text, in UTF-16 code units
 * @param depth levels of nesting
 * @param listItems items of one list literal
 */
public record Limits(int length, int depth, int listItems) {

    public static final Limits DEFAULT = new Limits(64 * 1024, 200, 10_000);
}
