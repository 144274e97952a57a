package dev.pequel.expression;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.check.Checked;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about an expression.
 *
 * @param document the expression as the client sent it; all places point into its value
 * @param tree the expression as read; empty when it could not be read
 * @param checked the outcome of the check, with everything that reading reported
 */
public record CheckResult(ExpressionDocument document, Optional<Expression> tree, Checked checked) {

    /** Errors and warnings in the order of their places. */
    public List<Diagnostic> diagnostics() {
        return checked.diagnostics();
    }

    public List<Diagnostic> warnings() {
        return diagnostics().stream()
                .filter(diagnostic -> !diagnostic.isError())
                .toList();
    }

    public boolean hasErrors() {
        return checked.hasErrors();
    }
}
