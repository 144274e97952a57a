package dev.pequel.pql.syntax;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of reading an expression.
 *
 * @param expression present exactly when there is no diagnostic
 * @param diagnostics all syntax errors, in the order of their places
 */
public record Parsed(Optional<Expression> expression, List<Diagnostic> diagnostics) {

    public Parsed {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return expression.isEmpty();
    }
}
