package dev.pequel.pql.check;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.EvaluationMethods;
import dev.pequel.pql.type.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The result of checking an expression.
 *
 * @param expression present exactly when no diagnostic is an error
 * @param diagnostics errors and warnings by position
 * @param resultType the type, or {@link Type#ANY} when it could not be determined
 * @param fields the paths that the expression reads, from the profile (or another input), such as
 *     {@code homeAddress.city} or {@code xEvent.commerce.order.priceTotal}
 * @param dependencies ids of all audiences that the expression refers to
 * @param references the positions of references to audiences, in source order
 * @param methods the evaluation methods that the expression allows
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
     * Returns this result with additional errors. The expression is refused when there are any.
     *
     * @param errors in any order
     */
    public Checked refused(List<Diagnostic> errors) {
        return errors.isEmpty() ? this : with(Optional.empty(), errors);
    }

    /**
     * Returns this result with additional warnings.
     *
     * @param warnings in any order
     */
    public Checked warned(List<Diagnostic> warnings) {
        return with(expression, warnings);
    }

    private Checked with(Optional<CheckedExpression> checked, List<Diagnostic> added) {
        return new Checked(
                checked,
                Stream.concat(diagnostics.stream(), added.stream())
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
     * Returns the reasons why the expression cannot be evaluated as requested: one {@code NOT_ELIGIBLE} for each
     * method; empty when it can.
     *
     * @param continuous whether streaming evaluation is requested
     * @param synchronous whether edge evaluation is requested
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
