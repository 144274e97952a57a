package dev.pequel.pql.syntax;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of reading an expression.
 *
 * @param expression present exactly when no diagnostic is an error
 * @param mended what was certainly meant, when every error is a slip such as {@code ==} for {@code =} or {@code And} for {@code and}: so that the checker can
 *     report what else is wrong in the same answer; otherwise empty
 * @param diagnostics all errors and warnings, in the order of their places; text has no warnings yet, {@code pql/json} has
 */
public record Parsed(Optional<Expression> expression, Optional<Expression> mended, List<Diagnostic> diagnostics) {

    public Parsed {
        diagnostics = List.copyOf(diagnostics);
    }

    public Parsed(Optional<Expression> expression, List<Diagnostic> diagnostics) {
        this(expression, Optional.empty(), diagnostics);
    }

    public boolean hasErrors() {
        return expression.isEmpty();
    }
}
