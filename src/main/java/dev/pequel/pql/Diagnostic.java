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
        return heading + hint + "\n" + SourceExcerpt.of(source, span);
    }

    private String hint(String text) {
        if (text.isEmpty()) {
            return " Remove it.";
        }
        return span.length() == 0 ? " Add `" + text + "`." : " Did you mean `" + text + "`?";
    }
}
