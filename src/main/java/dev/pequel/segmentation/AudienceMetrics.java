package dev.pequel.segmentation;

import dev.pequel.database.Database;
import dev.pequel.error.TookTooLong;
import dev.pequel.expression.Deadline;
import dev.pequel.expression.Deadlines;
import dev.pequel.expression.EvaluationLimiter;
import dev.pequel.profile.Snapshots;
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
 * Numbers of audiences. They always belong to the present expressions and contain every import that has ended: what was
 * counted before is reused only as long as nothing changed, and else counted again while the caller waits. Only an expression
 * that looks at the clock may be reused for a configured time although it has gone on.
 *
 * <p>Asking for metrics never moves memberships on.
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
     * The numbers of some of a tenant's audiences; those that have to be counted are counted in one pass. When this returns,
     * the table {@code segment_metrics} holds them too, so that audiences can be sorted by them.
     *
     * @return for each audience its numbers, or why it has none, such as that its expression looks at too many combinations;
     *     without those that were deleted meanwhile
     * @throws TookTooLong when that takes too long, together with the waiting for others who count
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

    /** What is stored and still true. */
    private Map<UUID, StoredMetrics> present(Sandbox sandbox, Collection<SegmentDefinition> definitions) {
        Map<UUID, SegmentDefinition> closure = evaluations.closure(sandbox, definitions);
        InputFingerprint basis = evaluations.basis(sandbox, closure);
        // Asked for first: an import that ends after it is not one that the caller can expect.
        long version = snapshots.version(sandbox.tenant());
        Instant oldest = clock.instant().minus(settings.timeDependentAge());
        return store.read(sandbox.id(), definitions).values().stream()
                .filter(stored -> stored.revision()
                                .equals(closure.get(stored.id()).revision())
                        && stored.basis().equals(basis.of(stored.id()))
                        && stored.dataVersion() >= version
                        && !(stored.timeDependent() && stored.evaluatedAt().isBefore(oldest)))
                .collect(Collectors.toMap(StoredMetrics::id, stored -> stored));
    }

    /** One caller counts, and the others find what it counted. */
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
