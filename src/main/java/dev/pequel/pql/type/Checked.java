package dev.pequel.pql.type;

import dev.pequel.pql.Diagnostic;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The outcome of checking.
 *
 * @param expression present exactly when no diagnostic is an error
 * @param diagnostics errors and warnings in the order of their places
 * @param resultType the type as far as it could be found; {@link Type#ANY} when it could not
 * @param fields the paths that the expression reads, from the profile (or another input), such as
 *     {@code homeAddress.city} or {@code xEvent.commerce.order.priceTotal}
 * @param dependencies ids of the audiences it refers to
 * @param methods how it may be evaluated
 */
public record Checked(
        Optional<CheckedExpression> expression,
        List<Diagnostic> diagnostics,
        Type resultType,
        SortedSet<String> fields,
        SortedSet<String> dependencies,
        EvaluationMethods methods) {

    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return expression.isEmpty();
    }
}
