package dev.pequel.segmentation.evaluation;

import dev.pequel.expression.CheckResult;
import dev.pequel.expression.ExpressionService;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.schema.SandboxSchemas.Versioned;
import dev.pequel.segmentation.InputFingerprint;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.evaluation.EvaluationResult.Failed;
import dev.pequel.segmentation.evaluation.EvaluationResult.Members;
import dev.pequel.segmentation.store.Membership;
import dev.pequel.segmentation.store.MembershipStore;
import dev.pequel.segmentation.store.MembershipStore.Generation;
import dev.pequel.segmentation.store.MembershipStore.New;
import dev.pequel.segmentation.store.Metrics;
import dev.pequel.segmentation.store.MetricsStore;
import dev.pequel.segmentation.store.StoredMetrics;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Evaluates audiences together with all audiences that they refer to, and stores the results. {@link #run} stores
 * nothing; only {@link #establish} changes members.
 */
@ApplicationScoped
public class Evaluations {

    private static final String NEVER_EVALUATED = "It has never been evaluated because it is a draft or inactive.";

    private final SegmentDefinitions definitions;
    private final ExpressionService expressions;
    private final SandboxSchemas schemas;
    private final Snapshots snapshots;
    private final SegmentEvaluation evaluation;
    private final EvaluationMeters meters;
    private final MembershipStore memberships;
    private final MetricsStore metrics;
    private final SegmentationSettings settings;
    private final Clock clock;

    Evaluations(
            SegmentDefinitions definitions,
            ExpressionService expressions,
            SandboxSchemas schemas,
            Snapshots snapshots,
            SegmentEvaluation evaluation,
            EvaluationMeters meters,
            MembershipStore memberships,
            MetricsStore metrics,
            SegmentationSettings settings,
            Clock clock) {
        this.definitions = definitions;
        this.expressions = expressions;
        this.schemas = schemas;
        this.snapshots = snapshots;
        this.evaluation = evaluation;
        this.meters = meters;
        this.memberships = memberships;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The result of one evaluation.
     *
     * @param jobId the segment job, or a random id outside of jobs
     * @param now the value of {@code now} in expressions
     * @param before the generations of the audiences when the evaluation began
     */
    public record Run(
            UUID jobId,
            Sandbox sandbox,
            ProfileSnapshot snapshot,
            Instant now,
            List<Outcome> outcomes,
            Map<UUID, Generation> before) {

        /** Without the audiences that were only evaluated because others refer to them. */
        Run only(Set<UUID> wanted) {
            return new Run(
                    jobId,
                    sandbox,
                    snapshot,
                    now,
                    outcomes.stream()
                            .filter(outcome -> wanted.contains(outcome.id()))
                            .toList(),
                    before);
        }
    }

    /**
     * @param basis the input fingerprint
     * @param timeDependent whether the result may change with time alone
     */
    record Outcome(SegmentDefinition definition, UUID basis, boolean timeDependent, EvaluationResult evaluated) {
        UUID id() {
            return definition.id();
        }

        boolean isPaused() {
            return definition.source() instanceof SegmentDefinition.Paused;
        }
    }

    /** Cancels a background evaluation that exceeds {@link SegmentationSettings#backgroundTimeout}, from now on. */
    Progress inBackground() {
        return Progress.until(Deadline.in(clock, settings.backgroundTimeout()));
    }

    /** The audiences and all that they refer to, by id. */
    public Map<UUID, SegmentDefinition> closure(Sandbox sandbox, Collection<SegmentDefinition> wanted) {
        Map<UUID, SegmentDefinition> all = new LinkedHashMap<>();
        wanted.forEach(definition -> all.put(definition.id(), definition));
        Set<UUID> asked = new HashSet<>(all.keySet());
        Collection<SegmentDefinition> level = wanted;
        while (true) {
            Set<UUID> missing = new HashSet<>();
            level.forEach(definition -> missing.addAll(definition.dependencies()));
            missing.removeAll(asked);
            if (missing.isEmpty()) {
                return all;
            }
            asked.addAll(missing);
            level = definitions.some(sandbox.tenant(), missing);
            level.forEach(definition -> all.put(definition.id(), definition));
        }
    }

    /** The input fingerprints of the audiences. */
    InputFingerprint basis(Sandbox sandbox, Map<UUID, SegmentDefinition> closure) {
        List<UUID> kept = closure.values().stream()
                .filter(definition -> !definition.isEvaluated())
                .map(SegmentDefinition::id)
                .toList();
        return new InputFingerprint(
                schemas.version(sandbox.tenant()), closure, memberships.generations(sandbox.id(), kept));
    }

    /**
     * Evaluates audiences and all that they refer to.
     *
     * @throws CancellationException when the progress cancels the evaluation
     * @throws TookTooLong when loading the snapshot exceeds {@link Progress#patience}
     */
    public Run run(Sandbox sandbox, UUID jobId, Collection<SegmentDefinition> wanted, Progress progress) {
        Input input = input(sandbox, wanted, progress);
        Map<UUID, EvaluationResult> results = evaluate(input, List.of(), progress);
        InputFingerprint basis = new InputFingerprint(input.schemaVersion(), input.closure(), numbers(input.before()));
        Map<UUID, Boolean> timed = new HashMap<>();
        input.segments()
                .forEach(segment -> timed.put(segment.id(), segment.expression().dependsOnTime()));
        List<Outcome> outcomes = input.closure().values().stream()
                .map(definition -> new Outcome(
                        definition,
                        basis.of(definition.id()),
                        isTimed(definition.id(), input.closure(), timed),
                        results.get(definition.id())))
                .toList();
        return new Run(jobId, sandbox, input.snapshot(), input.now(), outcomes, input.before());
    }

    /**
     * What an evaluation of audiences reads.
     *
     * @param closure the audiences and all that they refer to
     * @param before their present generations
     * @param segments those to evaluate
     * @param results results of those that are not evaluated
     */
    record Input(
            Map<UUID, SegmentDefinition> closure,
            Map<UUID, Generation> before,
            Optional<UUID> schemaVersion,
            ProfileSnapshot snapshot,
            Instant now,
            List<Segment> segments,
            Map<UUID, EvaluationResult> results) {}

    /**
     * Reads the current profiles, and the audiences with all that they refer to.
     *
     * @throws CancellationException when the progress cancels the evaluation
     * @throws TookTooLong when loading the snapshot exceeds {@link Progress#patience}
     */
    Input input(Sandbox sandbox, Collection<SegmentDefinition> wanted, Progress progress) {
        Map<UUID, SegmentDefinition> closure = closure(sandbox, wanted);
        Map<UUID, Generation> before = memberships.read(sandbox.id(), closure.keySet());
        Versioned schema = schemas.present(sandbox.tenant());
        ProfileSnapshot snapshot = snapshots.of(sandbox.tenant(), progress.patience());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, Membership> known = memberships(before);
        List<Segment> segments = new ArrayList<>();
        Map<UUID, EvaluationResult> results = new HashMap<>();
        for (SegmentDefinition definition : closure.values()) {
            progress.check();
            switch (definition.source()) {
                case SegmentDefinition.External external ->
                    results.put(definition.id(), unchanged(known, definition.id(), snapshot));
                case SegmentDefinition.Paused paused ->
                    results.put(definition.id(), unchanged(known, definition.id(), snapshot));
                case SegmentDefinition.Evaluated evaluated -> {
                    CheckResult examined =
                            expressions.examine(schema.schema(), evaluated.expression(), Purpose.SEGMENT);
                    Optional<CheckedExpression> expression = examined.checked().expression();
                    expression.ifPresentOrElse(
                            checked -> segments.add(new Segment(definition.id(), checked, definition.dependencies())),
                            () -> results.put(definition.id(), new Failed(refusal(examined))));
                }
            }
        }
        return new Input(closure, before, schema.version(), snapshot, now, List.copyOf(segments), Map.copyOf(results));
    }

    /**
     * Evaluates audiences, and together with them conditions that belong to no audience.
     *
     * @param conditions may refer to the audiences of the input
     * @return the result of each audience of the input and of each condition, by id
     * @throws CancellationException when the progress cancels the evaluation
     */
    Map<UUID, EvaluationResult> evaluate(Input input, List<Segment> conditions, Progress progress) {
        List<Segment> segments =
                Stream.concat(input.segments().stream(), conditions.stream()).toList();
        return meters.evaluation(
                segments.size(),
                input.snapshot().size(),
                () -> evaluation.evaluate(
                        segments,
                        input.results(),
                        input.snapshot(),
                        input.now(),
                        memberships(input.before()),
                        progress));
    }

    private static Map<UUID, Membership> memberships(Map<UUID, Generation> generations) {
        Map<UUID, Membership> known = new HashMap<>();
        generations.forEach((id, generation) -> known.put(id, generation.membership()));
        return known;
    }

    private static Members unchanged(Map<UUID, Membership> known, UUID id, ProfileSnapshot snapshot) {
        RoaringBitmap members = known.getOrDefault(id, Membership.NONE).members();
        return new Members(RoaringBitmap.and(members, snapshot.profiles()));
    }

    private static Map<UUID, Long> numbers(Map<UUID, Generation> generations) {
        Map<UUID, Long> numbers = new HashMap<>();
        generations.forEach((id, generation) -> numbers.put(id, generation.generation()));
        return numbers;
    }

    private static String refusal(CheckResult examined) {
        return "Its expression is no longer valid: "
                + examined.diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .findFirst()
                        .map(Diagnostic::message)
                        .orElseThrow();
    }

    /** Whether an audience depends on the clock, by its own expression or that of an audience it refers to. */
    private static boolean isTimed(UUID id, Map<UUID, SegmentDefinition> closure, Map<UUID, Boolean> timed) {
        Boolean known = timed.get(id);
        if (known == null || known) {
            return known != null;
        }
        for (UUID dependency : closure.get(id).dependencies()) {
            if (closure.containsKey(dependency) && isTimed(dependency, closure, timed)) {
                timed.put(id, true);
                return true;
            }
        }
        return false;
    }

    /**
     * Computes metrics without changing members. The exited profiles are those of the current generation if the
     * evaluation had the same inputs, otherwise those that a new generation would have.
     */
    List<StoredMetrics> count(Run run) {
        return run.outcomes().stream()
                .map(outcome -> stored(run, outcome, membership(run, outcome)))
                .toList();
    }

    private static Membership membership(Run run, Outcome outcome) {
        if (!(outcome.evaluated() instanceof Members members)) {
            return Membership.NONE;
        }
        Generation before = run.before().get(outcome.id());
        if (before == null) {
            return new Membership(members.profiles(), new RoaringBitmap());
        }
        boolean same = !outcome.definition().isEvaluated()
                || before.basis().equals(outcome.basis())
                        && before.dataVersion() == run.snapshot().version()
                        && !outcome.timeDependent();
        return new Membership(
                members.profiles(),
                same ? before.membership().previous() : before.membership().members());
    }

    private static StoredMetrics stored(Run run, Outcome outcome, Membership membership) {
        Optional<Metrics> counted = Optional.empty();
        Optional<String> failure = Optional.empty();
        switch (outcome.evaluated()) {
            case Members members
            when outcome.isPaused() -> {
                counted = Optional.ofNullable(run.before().get(outcome.id()))
                        .map(last -> count(run, outcome.definition(), membership, last.jobId(), last.evaluatedAt()));
                failure = counted.isPresent() ? Optional.empty() : Optional.of(NEVER_EVALUATED);
            }
            case Members members ->
                counted = Optional.of(count(run, outcome.definition(), membership, run.jobId(), run.now()));
            case Failed failed -> failure = Optional.of(failed.reason());
        }
        return new StoredMetrics(
                outcome.id(),
                outcome.definition().revision(),
                outcome.basis(),
                run.snapshot().version(),
                outcome.timeDependent(),
                run.jobId(),
                run.now(),
                counted,
                failure);
    }

    private static Metrics count(
            Run run, SegmentDefinition definition, Membership membership, UUID jobId, Instant evaluatedAt) {
        Map<String, Long> byNamespace = new TreeMap<>();
        run.snapshot().namespaces().forEach((namespace, profiles) -> {
            long count = RoaringBitmap.andCardinality(membership.members(), profiles);
            if (count > 0) {
                byNamespace.put(namespace, count);
            }
        });
        long total = membership.members().getLongCardinality();
        return new Metrics(
                definition.id(),
                jobId,
                total,
                byNamespace,
                total,
                membership.exited(run.snapshot().profiles()),
                definition.createdAt(),
                evaluatedAt);
    }

    /**
     * Stores the results of an evaluation as new generations, together with their metrics. Audiences that could not be
     * evaluated, external audiences and paused audiences keep their members; paused audiences also keep their metrics.
     *
     * @param connection a connection in a transaction; nothing is visible before its commit
     * @throws CancellationException when the progress cancels it
     */
    public List<StoredMetrics> establish(Connection connection, Run run, Progress progress) throws SQLException {
        MembershipStore.lock(connection, run.sandbox().id());
        List<StoredMetrics> all = new ArrayList<>();
        for (int from = 0; from < run.outcomes().size(); from += settings.batch()) {
            progress.check();
            List<Outcome> some =
                    run.outcomes().subList(from, Math.min(run.outcomes().size(), from + settings.batch()));
            all.addAll(establish(connection, run, some));
        }
        return all;
    }

    private List<StoredMetrics> establish(Connection connection, Run run, List<Outcome> outcomes) throws SQLException {
        Map<UUID, Generation> present = present(connection, run, outcomes);
        List<New> generations = new ArrayList<>();
        List<StoredMetrics> counted = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome.isPaused()) {
                continue;
            }
            Membership membership = membership(run, outcome);
            if (outcome.evaluated() instanceof Members members
                    && outcome.definition().isEvaluated()) {
                generations.add(new New(
                        outcome.id(),
                        outcome.definition().revision(),
                        outcome.basis(),
                        run.snapshot().version(),
                        run.jobId(),
                        run.now(),
                        members.profiles()));
                membership = before(present, outcome.id()).next(members.profiles());
            }
            counted.add(stored(run, outcome, membership));
        }
        memberships.write(connection, run.sandbox().id(), generations);
        metrics.write(connection, run.sandbox().id(), counted);
        return counted;
    }

    /** The current generations. Those that changed since the evaluation began are read again. */
    private Map<UUID, Generation> present(Connection connection, Run run, List<Outcome> outcomes) throws SQLException {
        Map<UUID, Generation> present = new HashMap<>();
        List<UUID> changed = new ArrayList<>();
        memberships
                .generations(
                        connection,
                        run.sandbox().id(),
                        outcomes.stream().map(Outcome::id).toList())
                .forEach((id, number) -> {
                    Generation before = run.before().get(id);
                    if (before != null && before.generation() == number) {
                        present.put(id, before);
                    } else {
                        changed.add(id);
                    }
                });
        present.putAll(memberships.read(connection, run.sandbox().id(), changed));
        return present;
    }

    private static Membership before(Map<UUID, Generation> present, UUID id) {
        Generation generation = present.get(id);
        return generation == null ? Membership.NONE : generation.membership();
    }
}
