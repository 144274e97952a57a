package dev.pequel.segmentation.evaluation;

import dev.pequel.expression.ExpressionDocument;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.evaluation.EvaluationResult.Failed;
import dev.pequel.segmentation.evaluation.EvaluationResult.Members;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Evaluates an expression that belongs to no audience, such as that of a preview. Stores nothing. */
@ApplicationScoped
public class AdHocEvaluation {

    private final Evaluations evaluations;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;
    private final Clock clock;

    AdHocEvaluation(Evaluations evaluations, EvaluationLimiter turns, Deadlines deadlines, Clock clock) {
        this.evaluations = evaluations;
        this.turns = turns;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * The profiles that an expression selects.
     *
     * @param profiles number of profiles that were evaluated
     * @param members ordinals of the selected profiles; must not be modified
     * @param membersByNamespace number of members with an identity in the namespace; namespaces without members are
     *     left out
     */
    public record Selection(int profiles, RoaringBitmap members, SortedMap<String, Integer> membersByNamespace) {}

    /**
     * @param expression an expression without errors
     * @param references the audiences of the sandbox that the expression refers to
     * @throws InvalidRequest when the expression cannot be evaluated, for example because it visits too many
     *     combinations of items
     */
    public Selection select(Sandbox sandbox, ExpressionDocument expression, Set<UUID> references) {
        UUID id = UUID.randomUUID();
        SegmentDefinition definition = new SegmentDefinition(
                id, id.toString(), clock.instant(), new SegmentDefinition.Evaluated(expression, "", references));
        Deadline deadline = deadlines.start();
        Evaluations.Run run = turns.take(
                sandbox.tenant(),
                deadline,
                () -> evaluations.run(sandbox, id, List.of(definition), Progress.until(deadline)));
        Evaluations.Outcome outcome = run.outcomes().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        return switch (outcome.evaluated()) {
            case Members members -> selection(run.snapshot(), members.profiles());
            case Failed failed -> throw InvalidRequest.because(failed.reason());
        };
    }

    private static Selection selection(ProfileSnapshot snapshot, RoaringBitmap members) {
        SortedMap<String, Integer> byNamespace = new TreeMap<>();
        snapshot.namespaces().forEach((namespace, profiles) -> {
            int count = RoaringBitmap.andCardinality(members, profiles);
            if (count > 0) {
                byNamespace.put(namespace, count);
            }
        });
        return new Selection(snapshot.size(), members, byNamespace);
    }
}
