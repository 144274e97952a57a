package dev.pequel.segmentation.evaluation;

import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.problem.ClientLeft;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.evaluation.EvaluationResult.Failed;
import dev.pequel.segmentation.evaluation.EvaluationResult.Members;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/** Evaluates conditions that belong to no audience, such as that of a preview. Stores nothing. */
@ApplicationScoped
public class AdHocEvaluation {

    /** Number of counted conditions that are evaluated together. Their profiles are in memory at the same time. */
    private static final int BATCH = 64;

    private final Evaluations evaluations;
    private final SegmentDefinitions definitions;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;

    AdHocEvaluation(
            Evaluations evaluations, SegmentDefinitions definitions, EvaluationLimiter turns, Deadlines deadlines) {
        this.evaluations = evaluations;
        this.definitions = definitions;
        this.turns = turns;
        this.deadlines = deadlines;
    }

    /**
     * A condition over profiles.
     *
     * @param references ids of the audiences that it refers to; unknown ids are ignored
     */
    public record Condition(CheckedExpression expression, Set<UUID> references) {
        public Condition {
            references = Set.copyOf(references);
        }
    }

    /** The result for a condition or an audience. */
    public sealed interface Result {

        default Optional<Selection> selection() {
            return switch (this) {
                case Selection selection -> Optional.of(selection);
                case Failure failure -> Optional.empty();
            };
        }

        default Optional<String> failure() {
            return switch (this) {
                case Selection selection -> Optional.empty();
                case Failure failure -> Optional.of(failure.reason());
            };
        }
    }

    /**
     * The selected profiles.
     *
     * @param profiles number of profiles that were evaluated
     * @param members ordinals of the selected profiles; must not be modified
     * @param membersByNamespace number of members with an identity in the namespace; namespaces without members are
     *     left out
     */
    public record Selection(int profiles, RoaringBitmap members, SortedMap<String, Integer> membersByNamespace)
            implements Result {}

    /**
     * The condition cannot be evaluated, for example because it visits too many combinations of items.
     *
     * @param reason a sentence for its author
     */
    public record Failure(String reason) implements Result {}

    /**
     * Results of one evaluation, in the order of the request.
     *
     * @param profiles number of profiles that were evaluated
     * @param now the value of {@code now} in expressions
     * @param counts numbers of profiles; empty for a condition that cannot be evaluated
     * @param audience the result of the audience, if the request named one
     */
    public record Results(
            int profiles, Instant now, List<Result> selected, List<OptionalInt> counts, Optional<Result> audience) {

        /** Results for a sandbox without profiles. */
        public static Results ofNoProfiles(int selected, int counted, Instant now) {
            return new Results(
                    0,
                    now,
                    Stream.generate(() -> (Result) new Selection(0, new RoaringBitmap(), new TreeMap<>()))
                            .limit(selected)
                            .toList(),
                    Stream.generate(() -> OptionalInt.of(0)).limit(counted).toList(),
                    Optional.empty());
        }
    }

    /**
     * Selects the profiles that satisfy a condition.
     *
     * @throws InvalidRequest when the condition cannot be evaluated
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and evaluation together exceed the deadline
     * @throws ClientLeft when the client has closed the connection
     */
    public Selection select(Sandbox sandbox, Condition condition) {
        return switch (evaluate(sandbox, List.of(condition), List.of(), Optional.empty())
                .selected()
                .getFirst()) {
            case Selection selection -> selection;
            case Failure failure -> throw InvalidRequest.because(failure.reason());
        };
    }

    /**
     * Evaluates conditions, and optionally an audience, on one snapshot and at one time, so that the results agree
     * with each other and with the metrics of audiences.
     *
     * @param selecting conditions whose profiles are wanted; all of them are in memory at the same time
     * @param counting conditions of which only the number of profiles is wanted
     * @param audience an audience of the sandbox. An external or paused audience has its stored members, each other
     *     one those that its expression selects.
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and evaluation together exceed the deadline
     * @throws ClientLeft when the client has closed the connection
     */
    public Results evaluate(
            Sandbox sandbox,
            List<Condition> selecting,
            List<Condition> counting,
            Optional<SegmentDefinition> audience) {
        Deadline deadline = deadlines.start();
        return turns.take(
                sandbox.tenant(),
                deadline,
                () -> evaluate(sandbox, segments(selecting), segments(counting), audience, Progress.until(deadline)));
    }

    private Results evaluate(
            Sandbox sandbox,
            List<Segment> selecting,
            List<Segment> counting,
            Optional<SegmentDefinition> audience,
            Progress progress) {
        Set<UUID> references = Stream.concat(selecting.stream(), counting.stream())
                .flatMap(segment -> segment.dependencies().stream())
                .collect(Collectors.toSet());
        List<SegmentDefinition> wanted = new ArrayList<>(definitions.some(sandbox.tenant(), references));
        audience.ifPresent(wanted::add);
        Evaluations.Input input = evaluations.input(sandbox, wanted, progress);
        List<Segment> first = batch(counting, 0);
        Map<UUID, EvaluationResult> results = evaluations.evaluate(
                input, Stream.concat(selecting.stream(), first.stream()).toList(), progress);
        List<OptionalInt> counts = new ArrayList<>(counts(first, results));
        for (int from = BATCH; from < counting.size(); from += BATCH) {
            List<Segment> batch = batch(counting, from);
            counts.addAll(counts(batch, evaluations.evaluate(input, batch, progress)));
        }
        return new Results(
                input.snapshot().size(),
                input.now(),
                selecting.stream()
                        .map(segment -> result(input.snapshot(), results.get(segment.id())))
                        .toList(),
                counts,
                audience.map(definition -> result(input.snapshot(), results.get(definition.id()))));
    }

    private static List<Segment> batch(List<Segment> counting, int from) {
        return counting.subList(from, Math.min(counting.size(), from + BATCH));
    }

    private static List<OptionalInt> counts(List<Segment> batch, Map<UUID, EvaluationResult> results) {
        return batch.stream().map(segment -> count(results.get(segment.id()))).toList();
    }

    private static List<Segment> segments(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> new Segment(UUID.randomUUID(), condition.expression(), condition.references()))
                .toList();
    }

    private static OptionalInt count(EvaluationResult result) {
        return switch (result) {
            case Members members -> OptionalInt.of(members.profiles().getCardinality());
            case Failed failed -> OptionalInt.empty();
        };
    }

    private static Result result(ProfileSnapshot snapshot, EvaluationResult result) {
        return switch (result) {
            case Members members -> selection(snapshot, members.profiles());
            case Failed failed -> new Failure(failed.reason());
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
