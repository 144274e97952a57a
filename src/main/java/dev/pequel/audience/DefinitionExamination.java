package dev.pequel.audience;

import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.error.InvalidExpression;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.type.AudienceReference;
import dev.pequel.pql.type.Checked;
import dev.pequel.pql.type.EvaluationMethods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the checker finds out about an audience's content.
 *
 * @param evaluation the methods to evaluate a definition with: those that its client chose, else the fastest that it is
 *     eligible for; none for an external audience
 * @param references the places at which the expression refers to other audiences
 * @param warnings what is legal but probably wrong or slow
 */
record DefinitionExamination(
        EvaluationChoice evaluation, List<AudienceReference> references, List<Diagnostic> warnings) {

    /** An external audience has no expression to find out anything about. */
    static final DefinitionExamination NONE =
            new DefinitionExamination(new EvaluationChoice(false, false, false), List.of(), List.of());

    /**
     * @param checked the definition's expression, without errors
     * @throws InvalidExpression when the expression is not eligible for a method that was chosen
     */
    static DefinitionExamination of(Definition definition, Checked checked) {
        EvaluationMethods methods = checked.methods();
        EvaluationChoice evaluation = definition
                .evaluation()
                .orElseGet(() -> new EvaluationChoice(!methods.streaming(), methods.streaming(), false));
        List<Diagnostic> refusals = new ArrayList<>(checked.diagnostics());
        Span whole = checked.expression().orElseThrow().source().span();
        if (evaluation.continuous() && !methods.streaming()) {
            refusals.add(notEligible("continuous (streaming)", methods, whole));
        }
        if (evaluation.synchronous() && !methods.edge()) {
            refusals.add(notEligible("synchronous (edge)", methods, whole));
        }
        if (refusals.size() > checked.diagnostics().size()) {
            refusals.sort(
                    Comparator.comparingInt(diagnostic -> diagnostic.span().offset()));
            throw new InvalidExpression(refusals);
        }
        return new DefinitionExamination(evaluation, checked.references(), checked.diagnostics());
    }

    private static Diagnostic notEligible(String method, EvaluationMethods methods, Span whole) {
        return Diagnostic.of(
                DiagnosticCode.NOT_ELIGIBLE,
                "The expression cannot be evaluated by the method " + method + ": " + methods.reason(),
                whole);
    }
}
