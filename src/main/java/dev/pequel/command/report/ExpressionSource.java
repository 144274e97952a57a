package dev.pequel.command.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.pequel.pql.Span;

/**
 * The location of an expression in a file, and whether it is plain text or the content of a JSON string.
 *
 * @param start the offset of the first character in the file, in UTF-16 code units
 * @param escaped whether the expression is the content of a JSON string
 */
public record ExpressionSource(SourceFile file, int start, boolean escaped) {

    private static final int UNICODE_ESCAPE = 6;
    private static final int SHORT_ESCAPE = 2;

    /** Converts a span of the expression to a span of the file. */
    Span span(Span span) {
        if (!escaped) {
            return file.text().span(start + span.offset(), start + span.offset() + span.length());
        }
        int first = skip(start, span.offset());
        return file.text().span(first, skip(first, span.length()));
    }

    /** Converts text of an expression to the form that it has in the file. */
    String written(String expression) {
        return escaped ? new String(JsonStringEncoder.getInstance().quoteAsString(expression)) : expression;
    }

    /** Returns the offset in the file after a number of unescaped characters of the string. */
    private int skip(int from, int characters) {
        String text = file.text().text();
        int offset = from;
        for (int i = 0; i < characters && offset < text.length(); i++) {
            if (text.charAt(offset) != '\\') {
                offset++;
            } else {
                offset += text.startsWith("u", offset + 1) ? UNICODE_ESCAPE : SHORT_ESCAPE;
            }
        }
        return Math.min(offset, text.length());
    }
}
