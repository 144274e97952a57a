package dev.pequel.pql;

/**
 * A range of an expression's source text.
 *
 * @param line 1-based line of the first character; lines end with LF, CR or CR LF
 * @param column 1-based position of the first character in its line, in UTF-16 code units
 * @param offset 0-based position of the first character in the text, in UTF-16 code units
 * @param length number of UTF-16 code units; 0 for a position between two characters, such as the end of the text
 */
public record Span(int line, int column, int offset, int length) {

    /** The span of an expression that was not read from text, such as one built from {@code pql/json}. */
    public static final Span NONE = new Span(1, 1, 0, 0);

    /** Returns the span from the start of this one to the end of {@code last}. */
    public Span to(Span last) {
        return new Span(line, column, offset, Math.max(length, last.offset + last.length - offset));
    }
}
