package dev.pequel.problem;

import dev.pequel.pql.Diagnostic;
import java.util.List;
import java.util.Optional;

/** 400: an expression has errors. The response has all diagnostics. */
public final class InvalidExpression extends RequestFailure {

    private final transient List<Diagnostic> diagnostics;
    private final transient Optional<String> source;

    /**
     * @param diagnostics at least one of them an error; warnings among them are reported too
     */
    public InvalidExpression(List<Diagnostic> diagnostics) {
        this(diagnostics, Optional.empty());
    }

    /**
     * @param diagnostics at least one of them an error; warnings among them are reported too
     * @param source the expression as it was sent
     */
    public InvalidExpression(List<Diagnostic> diagnostics, String source) {
        this(diagnostics, Optional.of(source));
    }

    private InvalidExpression(List<Diagnostic> diagnostics, Optional<String> source) {
        super(
                Problem.INVALID_EXPRESSION,
                diagnostics.stream()
                        .filter(Diagnostic::isError)
                        .map(InvalidExpression::sentence)
                        .toList());
        this.diagnostics = List.copyOf(diagnostics);
        this.source = source;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    Optional<String> source() {
        return source;
    }

    static String sentence(Diagnostic diagnostic) {
        return "line " + diagnostic.span().line() + ", column "
                + diagnostic.span().column() + ": " + diagnostic.message();
    }
}
