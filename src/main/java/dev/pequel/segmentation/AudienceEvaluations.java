package dev.pequel.segmentation;

import dev.pequel.database.Database;
import dev.pequel.segmentation.Evaluations.Run;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Gives audiences their members when they were created or changed: in the background right afterwards, so that numbers and
 * members are there when somebody asks. An audience that changes while another is evaluated waits, and all that wait are
 * evaluated in one pass.
 */
@ApplicationScoped
public class AudienceEvaluations {

    private static final Logger LOG = Logger.getLogger(AudienceEvaluations.class);

    private final Sandboxes sandboxes;
    private final SegmentDefinitions definitions;
    private final Evaluations evaluations;
    private final MembershipStore memberships;
    private final MetricsStore metrics;
    private final Database database;
    private final Map<Tenant, Set<UUID>> waiting = new ConcurrentHashMap<>();
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("audience-evaluations").daemon().unstarted(task));

    AudienceEvaluations(
            Sandboxes sandboxes,
            SegmentDefinitions definitions,
            Evaluations evaluations,
            MembershipStore memberships,
            MetricsStore metrics,
            Database database) {
        this.sandboxes = sandboxes;
        this.definitions = definitions;
        this.evaluations = evaluations;
        this.memberships = memberships;
        this.metrics = metrics;
        this.database = database;
    }

    /** An audience was created or changed, and that is committed. Returns at once. */
    public void changed(Tenant tenant, UUID id) {
        waiting.compute(tenant, (key, ids) -> {
            Set<UUID> more = ids == null ? new HashSet<>() : ids;
            more.add(id);
            return more;
        });
        background.execute(() -> evaluateWaiting(tenant));
    }

    /** An audience was deleted, and that is committed: nobody is its member any more. */
    public void deleted(Tenant tenant, UUID id) {
        sandboxes
                .find(tenant)
                .ifPresent(sandbox -> database.run(connection -> {
                    MembershipStore.lock(connection, sandbox.id());
                    memberships.remove(connection, sandbox.id(), id);
                    metrics.remove(connection, sandbox.id(), id);
                }));
    }

    @PreDestroy
    void stop() {
        background.shutdownNow();
    }

    private void evaluateWaiting(Tenant tenant) {
        Set<UUID> ids = waiting.remove(tenant);
        if (ids == null) {
            return;
        }
        try {
            sandboxes.find(tenant).ifPresent(sandbox -> evaluate(sandbox, definitions.some(tenant, ids)));
        } catch (RuntimeException e) {
            // Metrics and members are evaluated when they are asked for, so nothing is lost.
            LOG.warnf(e, "%d changed audiences of %s could not be evaluated yet.", ids.size(), tenant);
        }
    }

    /** Gives those of the audiences a new generation that have none of their present expression. */
    void evaluate(Sandbox sandbox, Collection<SegmentDefinition> some) {
        List<SegmentDefinition> evaluated = some.stream()
                .filter(definition -> definition.source() instanceof SegmentDefinition.Evaluated)
                .toList();
        List<SegmentDefinition> changed = evaluated.isEmpty()
                ? List.of()
                : database.call(connection -> withoutMembers(connection, sandbox, evaluated));
        if (changed.isEmpty()) {
            return;
        }
        Run run = evaluations.run(sandbox, UUID.randomUUID(), changed, Progress.NONE);
        database.run(connection -> {
            MembershipStore.lock(connection, sandbox.id());
            // Another thread or replica may have done the same; a second generation would hide who has left.
            Set<UUID> still = withoutMembers(connection, sandbox, changed).stream()
                    .map(SegmentDefinition::id)
                    .collect(Collectors.toSet());
            evaluations.establish(connection, run.only(still), Progress.NONE);
        });
    }

    private List<SegmentDefinition> withoutMembers(Connection connection, Sandbox sandbox, List<SegmentDefinition> some)
            throws SQLException {
        Map<UUID, String> revisions = memberships.revisions(
                connection,
                sandbox.id(),
                some.stream().map(SegmentDefinition::id).toList());
        return some.stream()
                .filter(definition -> !definition.revision().equals(revisions.get(definition.id())))
                .toList();
    }
}
