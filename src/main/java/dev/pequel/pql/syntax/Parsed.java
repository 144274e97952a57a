package dev.pequel.pql.syntax;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import java.util.List;
import java.util.Optional;

/**
 * The result of parsing an expression.
 *
 * @param expression present exactly when no diagnostic is an error
 * @param mended the repaired expression, present when every error has an unambiguous repair, such as {@code =} for
 *     {@code ==} or {@code and} for {@code And}; with it, the type checker can report further errors in the same
 *     response
 * @param diagnostics all errors and warnings by position; there are warnings only for {@code pql/json}, not for text
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
