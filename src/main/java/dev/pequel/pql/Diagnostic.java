package dev.pequel.pql;

import java.util.Objects;
import java.util.Optional;

/**
 * An error or warning about an expression, with its position, written for the author of the expression.
 *
 * @param code stable code; tests and clients may rely on it
 * @param message the problem and the expectation, in the terms of the language
 * @param span the exact position
 * @param suggestion replacement text for the span, if the correction is obvious
 */
public record Diagnostic(DiagnosticCode code, String message, Span span, Optional<String> suggestion) {

    public Diagnostic {
        Objects.requireNonNull(code);
        Objects.requireNonNull(message);
        Objects.requireNonNull(span);
        Objects.requireNonNull(suggestion);
    }

    public static Diagnostic of(DiagnosticCode code, String message, Span span) {
        return new Diagnostic(code, message, span, Optional.empty());
    }

    public static Diagnostic suggesting(DiagnosticCode code, String message, Span span, String suggestion) {
        return new Diagnostic(code, message, span, Optional.of(suggestion));
    }

    public Severity severity() {
        return code.severity();
    }

    public boolean isError() {
        return severity() == Severity.ERROR;
    }

    /**
     * The maximum length of a line shown in full. Longer lines are shown in part, because a tree in JSON is often one
     * line of many thousand characters.
     */
    private static final int LONGEST_LINE = 160;

    /** The length of the shown part before the position. */
    private static final int BEFORE = 40;

    /**
     * Returns the diagnostic as text for a terminal: a heading, the source line and carets below the position. Of a
     * long line, only the part around the position is shown, between dots.
     *
     * <pre>
     * PQL2002 line 1, column 13: `startWith` is not a function. Did you mean `startsWith`?
     *   person.name.startWith("Joe")
     *               ^^^^^^^^^
     * </pre>
     *
     * @param source the whole text of the expression to which the span refers
     */
    public String render(String source) {
        String heading = code.id() + " line " + span.line() + ", column " + span.column() + ": " + message;
        String hint = suggestion.map(this::hint).orElse("");
        int place = Math.min(span.offset(), source.length());
        int start = Math.max(place - (span.column() - 1), 0);
        int end = place;
        while (end < source.length() && source.charAt(end) != '\n' && source.charAt(end) != '\r') {
            end++;
        }
        String before = "";
        String after = "";
        if (end - start > LONGEST_LINE) {
            if (place - start > BEFORE) {
                start = boundary(source, place - BEFORE);
                before = "...";
            }
            if (end - start > LONGEST_LINE) {
                end = boundary(source, start + LONGEST_LINE);
                after = "...";
            }
        }
        StringBuilder marks = new StringBuilder(" ".repeat(before.length()));
        // Tabs before the position are repeated, so that the carets are below it at any tab width.
        for (int i = start; i < place; i++) {
            marks.append(source.charAt(i) == '\t' ? '\t' : ' ');
        }
        marks.append("^".repeat(Math.max(Math.min(span.length(), end - place), 1)));
        return heading + hint + "\n  " + before + source.substring(start, end) + after + "\n  " + marks;
    }

    /** Returns the offset, moved back by one where it would split a surrogate pair. */
    private static int boundary(String text, int offset) {
        return Character.isLowSurrogate(text.charAt(offset)) && Character.isHighSurrogate(text.charAt(offset - 1))
                ? offset - 1
                : offset;
    }

    private String hint(String text) {
        if (text.isEmpty()) {
            return " Remove it.";
        }
        return span.length() == 0 ? " Add `" + text + "`." : " Did you mean `" + text + "`?";
    }
}
