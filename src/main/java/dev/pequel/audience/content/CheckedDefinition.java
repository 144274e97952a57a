package dev.pequel.audience.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.EvaluationMethods;
import dev.pequel.problem.DiagnosticsJson;
import dev.pequel.problem.InvalidExpression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The result of checking the content of an audience.
 *
 * @param source the expression as sent; empty text for an external audience
 * @param evaluation the evaluation methods: those that the client chose, or else streaming if the expression is
 *     eligible, otherwise batch; none for an external audience
 * @param references the references of the expression to other audiences, with their spans
 * @param warnings the diagnostics of an expression without errors
 */
public record CheckedDefinition(
        String source, EvaluationChoice evaluation, List<AudienceReference> references, List<Diagnostic> warnings) {

    /** The result for an external audience, which has no expression. */
    public static final CheckedDefinition NONE = new CheckedDefinition("", EvaluationChoice.NONE, List.of(), List.of());

    /** Returns the result for a stored definition whose expression is not checked again. */
    public static CheckedDefinition unchecked(EvaluationChoice evaluation) {
        return new CheckedDefinition("", evaluation, List.of(), List.of());
    }

    /**
     * @param checked the expression of the definition, without errors
     * @throws InvalidExpression if the expression is not eligible for a method that the client chose
     */
    public static CheckedDefinition of(Definition definition, Checked checked) {
        EvaluationMethods methods = checked.methods();
        EvaluationChoice evaluation = definition
                .evaluation()
                .orElseGet(() -> new EvaluationChoice(!methods.streaming(), methods.streaming(), false));
        CheckedDefinition result = new CheckedDefinition(
                definition.expression().value(), evaluation, checked.references(), checked.diagnostics());
        List<Diagnostic> refusals = checked.refusals(evaluation.continuous(), evaluation.synchronous());
        if (!refusals.isEmpty()) {
            throw result.refusal(refusals);
        }
        return result;
    }

    /** Returns an exception with the given errors and the warnings, ordered by position. */
    public InvalidExpression refusal(List<Diagnostic> errors) {
        List<Diagnostic> all = new ArrayList<>(warnings);
        all.addAll(errors);
        all.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().offset()));
        return new InvalidExpression(all, source);
    }

    /** Returns the warnings as in responses. */
    public ArrayNode warningsJson() {
        return DiagnosticsJson.of(warnings, source);
    }
}
