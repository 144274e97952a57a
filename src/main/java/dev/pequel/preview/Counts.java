package dev.pequel.preview;

import dev.pequel.expression.CheckResult;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.expression.ExpressionService;
import dev.pequel.expression.ReferencedAudiences;
import dev.pequel.pql.term.ConditionPart;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.Inputs;
import dev.pequel.preview.CountAnswer.Comparison;
import dev.pequel.preview.CountAnswer.Count;
import dev.pequel.preview.CountAnswer.CountedParts;
import dev.pequel.preview.CountAnswer.Part;
import dev.pequel.problem.ClientLeft;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.evaluation.AdHocEvaluation;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Condition;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Result;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Results;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Selection;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Counts the profiles that expressions select, and those of the conditions within them. Stores nothing. */
@ApplicationScoped
class Counts {

    private final ExpressionService expressions;
    private final SegmentDefinitions definitions;
    private final AdHocEvaluation evaluation;
    private final Sandboxes sandboxes;
    private final CountSettings settings;
    private final Clock clock;

    Counts(
            ExpressionService expressions,
            SegmentDefinitions definitions,
            AdHocEvaluation evaluation,
            Sandboxes sandboxes,
            CountSettings settings,
            Clock clock) {
        this.expressions = expressions;
        this.definitions = definitions;
        this.evaluation = evaluation;
        this.sandboxes = sandboxes;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * An expression of the request.
     *
     * @param text the text to which the positions of the parts refer
     * @param parts its parts, the whole first; empty if the request asks for none, or the expression has errors
     */
    private record Asked(CheckResult examined, String text, List<ConditionPart> parts) {

        boolean isValid() {
            return !examined.hasErrors();
        }

        Condition condition() {
            return new Condition(examined.checked().expression().orElseThrow(), references());
        }

        /** The conditions of the parts but the first, whose number is that of the expression. */
        Stream<Condition> within() {
            return parts.stream().skip(1).map(part -> new Condition(part.condition(), references()));
        }

        private Set<UUID> references() {
            return ReferencedAudiences.ids(examined.checked().references());
        }

        Optional<CountedParts> counted(Optional<Result> whole, Iterator<OptionalInt> counts) {
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            List<Part> counted = new ArrayList<>();
            for (ConditionPart part : parts) {
                counted.add(Part.of(part.span(), counted.isEmpty() ? size(whole) : counts.next()));
            }
            return Optional.of(new CountedParts(text, counted));
        }

        private static OptionalInt size(Optional<Result> result) {
            return result.flatMap(Result::selection).stream()
                    .mapToInt(selection -> selection.members().getCardinality())
                    .findFirst();
        }
    }

    /**
     * @throws NotFound when the audience to compare with does not exist
     * @throws InvalidRequest when the expressions have too many parts
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and evaluation together exceed the deadline
     * @throws ClientLeft when the client has closed the connection
     */
    CountAnswer count(Tenant tenant, CountRequest request) {
        Optional<SegmentDefinition> audience =
                request.compareWith().flatMap(CountRequest.Compared::audienceId).map(id -> audience(tenant, id));
        List<Asked> asked = request.expressions().stream()
                .map(expression -> asked(tenant, expression, request.parts()))
                .toList();
        requireFewParts(asked);
        Optional<Asked> compared = request.compareWith()
                .flatMap(CountRequest.Compared::expression)
                .map(expression -> asked(tenant, expression, false));
        List<Condition> selecting = Stream.concat(asked.stream(), compared.stream())
                .filter(Asked::isValid)
                .map(Asked::condition)
                .toList();
        List<Condition> counting = asked.stream().flatMap(Asked::within).toList();
        Results results = sandboxes
                .find(tenant)
                .map(sandbox -> evaluation.evaluate(sandbox, selecting, counting, audience))
                .orElseGet(() -> Results.ofNoProfiles(selecting.size(), counting.size(), clock.instant()));
        return answer(asked, compared, results);
    }

    private static CountAnswer answer(List<Asked> asked, Optional<Asked> compared, Results results) {
        Optional<Result> before = results.audience()
                .or(() -> compared.filter(Asked::isValid)
                        .map(valid -> results.selected().getLast()));
        Optional<Selection> selectedBefore = before.flatMap(Result::selection);
        Iterator<Result> selected = results.selected().iterator();
        Iterator<OptionalInt> counts = results.counts().iterator();
        List<Count> answers = new ArrayList<>();
        for (Asked expression : asked) {
            Optional<Result> result = expression.isValid() ? Optional.of(selected.next()) : Optional.empty();
            Optional<Comparison> comparison = result.flatMap(Result::selection)
                    .flatMap(selection -> selectedBefore.map(other -> Comparison.of(selection, other)));
            answers.add(Count.of(expression.examined(), result, expression.counted(result, counts), comparison));
        }
        Optional<Count> comparedWith = results.audience()
                .map(Count::ofAudience)
                .or(() -> compared.map(
                        expression -> Count.of(expression.examined(), before, Optional.empty(), Optional.empty())));
        return new CountAnswer(results.profiles(), results.now().toEpochMilli(), answers, comparedWith);
    }

    private Asked asked(Tenant tenant, ExpressionDocument document, boolean withParts) {
        CheckResult examined = expressions.examineWithReferences(tenant, document, Purpose.SEGMENT, Inputs.PROFILE);
        if (!withParts || examined.hasErrors()) {
            return new Asked(examined, "", List.of());
        }
        CheckResult inText = expressions.inText(tenant, examined);
        return new Asked(
                examined,
                inText.document().value(),
                ConditionPart.of(inText.checked().expression().orElseThrow()));
    }

    private void requireFewParts(List<Asked> asked) {
        int parts =
                asked.stream().mapToInt(expression -> expression.parts().size()).sum();
        if (parts > settings.countedParts()) {
            throw new InvalidRequest(
                    "parts",
                    "asks for " + parts + " parts, more than the " + settings.countedParts() + " that are allowed");
        }
    }

    private SegmentDefinition audience(Tenant tenant, UUID id) {
        return definitions
                .one(tenant, id)
                .orElseThrow(() -> new NotFound("There is no audience with the id " + id + "."));
    }
}
