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
     * Returns the diagnostic as text for a terminal: a heading, the source line and carets below the position.
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
        return heading + hint + "\n" + SourceExcerpt.of(source, span);
    }

    private String hint(String text) {
        if (text.isEmpty()) {
            return " Remove it.";
        }
        return span.length() == 0 ? " Add `" + text + "`." : " Did you mean `" + text + "`?";
    }
}
