package dev.pequel.segmentation.evaluation;

import dev.pequel.database.Database;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.segmentation.InputFingerprint;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.store.CountResult;
import dev.pequel.segmentation.store.MetricsStore;
import dev.pequel.segmentation.store.StoredMetrics;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Returns the metrics of audiences. Metrics always match the current expressions and contain every completed import:
 * stored metrics are reused while nothing has changed; otherwise the audiences are counted again while the caller
 * waits. Only metrics of expressions that depend on the clock may be older, by at most {@link
 * SegmentationSettings#timeDependentAge}.
 *
 * <p>Reading metrics never changes memberships.
 */
@ApplicationScoped
public class AudienceMetrics {

    private static final Logger LOG = Logger.getLogger(AudienceMetrics.class);

    private final Sandboxes sandboxes;
    private final Snapshots snapshots;
    private final Evaluations evaluations;
    private final AudienceEvaluations background;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;
    private final MetricsStore store;
    private final Database database;
    private final SegmentationSettings settings;
    private final Clock clock;
    private final Map<Integer, ReentrantLock> counting = new ConcurrentHashMap<>();

    AudienceMetrics(
            Sandboxes sandboxes,
            Snapshots snapshots,
            Evaluations evaluations,
            AudienceEvaluations background,
            EvaluationLimiter turns,
            Deadlines deadlines,
            MetricsStore store,
            Database database,
            SegmentationSettings settings,
            Clock clock) {
        this.sandboxes = sandboxes;
        this.snapshots = snapshots;
        this.evaluations = evaluations;
        this.background = background;
        this.turns = turns;
        this.deadlines = deadlines;
        this.store = store;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Returns metrics, and counts all audiences whose metrics are outdated in one pass. When this method returns, the
     * table {@code segment_metrics} contains the metrics as well, so that audiences can be sorted by them.
     *
     * @return the metrics of each audience, or why it has none, for example because its expression visits too many
     *     combinations of items; audiences that were deleted meanwhile are missing
     * @throws TookTooLong when counting, with the time of waiting for other callers, exceeds the deadline
     */
    public Map<UUID, CountResult> of(Tenant tenant, List<SegmentDefinition> definitions) {
        Optional<Sandbox> sandbox = definitions.isEmpty() ? Optional.empty() : sandboxes.find(tenant);
        if (sandbox.isEmpty()) {
            return Map.of();
        }
        Map<UUID, StoredMetrics> found = present(sandbox.get(), definitions);
        if (found.size() < definitions.size()) {
            Set<UUID> missing = definitions.stream().map(SegmentDefinition::id).collect(Collectors.toSet());
            missing.removeAll(found.keySet());
            Deadline deadline = deadlines.start();
            found = turns.waitFor(tenant, () -> {
                background.awaitEnd(tenant, missing, deadline.left());
                return counted(sandbox.get(), definitions, deadline);
            });
        }
        Map<UUID, CountResult> results = new LinkedHashMap<>();
        for (SegmentDefinition definition : definitions) {
            Optional.ofNullable(found.get(definition.id()))
                    .ifPresent(stored -> results.put(definition.id(), stored.result()));
        }
        return results;
    }

    /** The stored metrics that are still valid. */
    private Map<UUID, StoredMetrics> present(Sandbox sandbox, Collection<SegmentDefinition> definitions) {
        Map<UUID, SegmentDefinition> closure = evaluations.closure(sandbox, definitions);
        InputFingerprint basis = evaluations.basis(sandbox, closure);
        // The version is read first: an import that ends later need not be part of the metrics.
        long version = snapshots.version(sandbox.tenant());
        Instant now = clock.instant();
        return store.read(sandbox.id(), definitions).values().stream()
                .filter(stored ->
                        stored.revision().equals(closure.get(stored.id()).revision())
                                && stored.basis().equals(basis.of(stored.id()))
                                && stored.dataVersion() >= version
                                && !(stored.timeDependent() && isOutdated(stored.evaluatedAt(), now)))
                .collect(Collectors.toMap(StoredMetrics::id, stored -> stored));
    }

    /** Whether metrics that depend on the time are too old, or were counted before the clock was set back. */
    private boolean isOutdated(Instant evaluatedAt, Instant now) {
        return evaluatedAt.isBefore(now.minus(settings.timeDependentAge())) || evaluatedAt.isAfter(now);
    }

    /** One caller of a sandbox counts at a time. The callers that waited find the stored metrics. */
    private Map<UUID, StoredMetrics> counted(Sandbox sandbox, List<SegmentDefinition> definitions, Deadline deadline) {
        ReentrantLock lock = counting.computeIfAbsent(sandbox.id(), id -> new ReentrantLock());
        deadline.await(lock::tryLock);
        try {
            Map<UUID, StoredMetrics> found = present(sandbox, definitions);
            List<SegmentDefinition> missing = definitions.stream()
                    .filter(definition -> !found.containsKey(definition.id()))
                    .toList();
            if (!missing.isEmpty()) {
                List<StoredMetrics> counted = evaluations.count(turns.take(
                        sandbox.tenant(),
                        deadline,
                        () -> evaluations.run(sandbox, UUID.randomUUID(), missing, Progress.until(deadline))));
                database.run(connection -> store.write(connection, sandbox.id(), counted));
                counted.forEach(one -> {
                    found.put(one.id(), one);
                    one.failure().ifPresent(reason -> LOG.debugf("Audience %s has no metrics: %s", one.id(), reason));
                });
            }
            return found;
        } finally {
            lock.unlock();
        }
    }
}
