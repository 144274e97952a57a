package dev.pequel.pql;

import java.util.Objects;
import java.util.Optional;

/**
 * One finding about an expression, written for the person who typed it.
 *
 * @param code stable code; tests and clients may rely on it
 * @param message what was found and what was expected, in the words of the language
 * @param span the exact place
 * @param suggestion what to write instead, where there is an obvious answer: replacement text for the span
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
     * The diagnostic as text for a terminal: a heading, the source line and carets under the place.
     *
     * <pre>
     * PQL2002 line 1, column 13: `startWith` is not a function. Did you mean `startsWith`?
     *   person.name.startWith("Joe")
     *               ^^^^^^^^^
     * </pre>
     *
     * @param source the whole text of the expression the span points into
     */
    public String render(String source) {
        String heading = code.id() + " line " + span.line() + ", column " + span.column() + ": " + message;
        String hint = suggestion.map(this::hint).orElse("");
        int start = Math.min(span.offset() - (span.column() - 1), source.length());
        int end = start;
        while (end < source.length() && source.charAt(end) != '\n' && source.charAt(end) != '\r') {
            end++;
        }
        String line = source.substring(start, end);
        StringBuilder marks = new StringBuilder();
        // A tab before the place is repeated, so that the carets stand under it at any tab width.
        for (int i = 0; i < span.column() - 1; i++) {
            marks.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
        }
        int visible = Math.min(span.length(), Math.max(line.length() - (span.column() - 1), 0));
        marks.append("^".repeat(Math.max(visible, 1)));
        return heading + hint + "\n  " + line + "\n  " + marks;
    }

    private String hint(String text) {
        if (text.isEmpty()) {
            return " Remove it.";
        }
        return span.length() == 0 ? " Add `" + text + "`." : " Did you mean `" + text + "`?";
    }
}
