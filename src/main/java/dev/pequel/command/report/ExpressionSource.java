package dev.pequel.command.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.pequel.pql.Span;

/**
 * Where an expression is written: as it is, or between the quotes of a JSON string.
 *
 * @param start the offset of its first character in the file
 * @param escaped whether it is part of a JSON string
 */
public record ExpressionSource(SourceFile file, int start, boolean escaped) {

    private static final int UNICODE_ESCAPE = 6;
    private static final int SHORT_ESCAPE = 2;

    /** The place in the file of a place in the expression. */
    Span span(Span span) {
        if (!escaped) {
            return file.text().span(start + span.offset(), start + span.offset() + span.length());
        }
        int first = skip(start, span.offset());
        return file.text().span(first, skip(first, span.length()));
    }

    /** How a piece of the expression is to be written in the file. */
    String written(String expression) {
        return escaped ? new String(JsonStringEncoder.getInstance().quoteAsString(expression)) : expression;
    }

    /** The offset in the file after so many characters of the string. */
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
