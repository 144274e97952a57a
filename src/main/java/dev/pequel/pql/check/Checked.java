package dev.pequel.pql.check;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The outcome of checking.
 *
 * @param expression present exactly when no diagnostic is an error
 * @param diagnostics errors and warnings in the order of their places
 * @param resultType the type as far as it could be found; {@link Type#ANY} when it could not
 * @param fields the paths that the expression reads, from the profile (or another input), such as
 *     {@code homeAddress.city} or {@code xEvent.commerce.order.priceTotal}
 * @param dependencies ids of all audiences it refers to
 * @param references the places at which it refers to audiences, in source order
 * @param methods how it may be evaluated
 */
public record Checked(
        Optional<CheckedExpression> expression,
        List<Diagnostic> diagnostics,
        Type resultType,
        SortedSet<String> fields,
        SortedSet<String> dependencies,
        List<AudienceReference> references,
        EvaluationMethods methods) {

    public Checked {
        diagnostics = List.copyOf(diagnostics);
        references = List.copyOf(references);
    }

    public boolean hasErrors() {
        return expression.isEmpty();
    }

    /**
     * The outcome with what was found out beside the check.
     *
     * @param errors in any order; the expression is refused when there is one
     */
    public Checked refused(List<Diagnostic> errors) {
        return errors.isEmpty()
                ? this
                : new Checked(
                        Optional.empty(),
                        Stream.concat(diagnostics.stream(), errors.stream())
                                .sorted(Comparator.comparingInt(
                                        diagnostic -> diagnostic.span().offset()))
                                .toList(),
                        resultType,
                        fields,
                        dependencies,
                        references,
                        methods);
    }

    /**
     * Why the expression cannot be evaluated as requested: one {@code NOT_ELIGIBLE} for each method, none when all is well.
     *
     * @param continuous whether streaming evaluation is requested
     * @param synchronous whether evaluation on the edge is requested
     */
    public List<Diagnostic> refusals(boolean continuous, boolean synchronous) {
        List<Diagnostic> refusals = new ArrayList<>();
        if (continuous && !methods.streaming()) {
            refusals.add(refusal("continuous (streaming)"));
        }
        if (synchronous && !methods.edge()) {
            refusals.add(refusal("synchronous (edge)"));
        }
        return refusals;
    }

    private Diagnostic refusal(String method) {
        return Diagnostic.of(
                DiagnosticCode.NOT_ELIGIBLE,
                "The expression cannot be evaluated by the method " + method + ": " + methods.reason(),
                expression.map(checked -> checked.source().span()).orElse(Span.NONE));
    }
}
