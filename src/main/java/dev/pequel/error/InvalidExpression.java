package dev.pequel.error;

import dev.pequel.pql.Diagnostic;
import java.util.List;

/** 400: an expression was refused, with all that was found about it. */
public final class InvalidExpression extends RequestFailure {

    private final transient List<Diagnostic> diagnostics;

    /**
     * @param diagnostics at least one of them an error; warnings among them are reported too
     */
    public InvalidExpression(List<Diagnostic> diagnostics) {
        super(
                Problem.INVALID_EXPRESSION,
                diagnostics.stream()
                        .filter(Diagnostic::isError)
                        .map(InvalidExpression::sentence)
                        .toList());
        this.diagnostics = List.copyOf(diagnostics);
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    static String sentence(Diagnostic diagnostic) {
        return "line " + diagnostic.span().line() + ", column "
                + diagnostic.span().column() + ": " + diagnostic.message();
    }
}
