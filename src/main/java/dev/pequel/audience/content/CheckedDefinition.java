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
 * What the checker finds out about an audience's content.
 *
 * @param source the expression as it was sent; empty text for an external audience
 * @param evaluation the methods to evaluate a definition with: those that its client chose, else the fastest that it is
 *     eligible for; none for an external audience
 * @param references the places at which the expression refers to other audiences
 * @param warnings what is legal but probably wrong or slow
 */
public record CheckedDefinition(
        String source, EvaluationChoice evaluation, List<AudienceReference> references, List<Diagnostic> warnings) {

    /** An external audience has no expression to find out anything about. */
    public static final CheckedDefinition NONE = new CheckedDefinition("", EvaluationChoice.NONE, List.of(), List.of());

    /** What is known of a stored definition whose expression is not checked again. */
    public static CheckedDefinition unchecked(EvaluationChoice evaluation) {
        return new CheckedDefinition("", evaluation, List.of(), List.of());
    }

    /**
     * @param checked the definition's expression, without errors
     * @throws InvalidExpression when the expression is not eligible for a method that was chosen
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

    /** The refusal of an expression that has no errors in itself; with the warnings too, in the order of their places. */
    public InvalidExpression refusal(List<Diagnostic> errors) {
        List<Diagnostic> all = new ArrayList<>(warnings);
        all.addAll(errors);
        all.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().offset()));
        return new InvalidExpression(all, source);
    }

    /** The warnings as clients get them. */
    public ArrayNode warningsJson() {
        return DiagnosticsJson.of(warnings, source);
    }
}
