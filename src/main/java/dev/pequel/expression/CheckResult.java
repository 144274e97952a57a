package dev.pequel.expression;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.check.Checked;
import java.util.List;
import java.util.Optional;

/**
 * The result of parsing and checking an expression.
 *
 * @param document the expression as sent by the client; positions of diagnostics refer to its value
 * @param tree the parsed expression; empty if it could not be parsed
 * @param checked the result of type checking, including the diagnostics of the parser
 */
public record CheckResult(ExpressionDocument document, Optional<Expression> tree, Checked checked) {

    /** Returns errors and warnings in the order of their positions. */
    public List<Diagnostic> diagnostics() {
        return checked.diagnostics();
    }

    public List<Diagnostic> warnings() {
        return diagnostics().stream()
                .filter(diagnostic -> !diagnostic.isError())
                .toList();
    }

    /** Returns this result with additional warnings, in any order. */
    CheckResult warned(List<Diagnostic> warnings) {
        return new CheckResult(document, tree, ExpressionChecker.limited(checked.warned(warnings)));
    }

    public boolean hasErrors() {
        return checked.hasErrors();
    }
}
