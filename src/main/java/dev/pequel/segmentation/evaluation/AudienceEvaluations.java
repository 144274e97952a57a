package dev.pequel.segmentation.evaluation;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.schema.SchemaChanged;
import dev.pequel.segmentation.AudienceChanged;
import dev.pequel.segmentation.InputFingerprint;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.RoundRobin;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.evaluation.ChangedAudiences.Pass;
import dev.pequel.segmentation.evaluation.Evaluations.Outcome;
import dev.pequel.segmentation.evaluation.Evaluations.Run;
import dev.pequel.segmentation.store.MembershipStore;
import dev.pequel.segmentation.store.MetricsStore;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Evaluates audiences in the background after they, the audiences that they refer to, or the schema have changed, so
 * that members and metrics are available when they are requested.
 *
 * <p>After an evaluation of an organization has started, further changes of that organization are collected for {@link
 * SegmentationSettings#backgroundInterval} and then evaluated together, one pass per sandbox. Organizations are served
 * in turn, so that none waits for all changes of another.
 */
@ApplicationScoped
public class AudienceEvaluations {

    private static final Logger LOG = Logger.getLogger(AudienceEvaluations.class);

    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final SegmentDefinitions definitions;
    private final Evaluations evaluations;
    private final MembershipStore memberships;
    private final MetricsStore metrics;
    private final Database database;
    private final SegmentationSettings settings;
    private final ChangedAudiences changed = new ChangedAudiences();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("audience-evaluations-", 0).daemon().factory());
    private final RoundRobin<String> background;

    /**
     * Organizations whose changes are collected because an evaluation started less than the background interval ago.
     */
    private final Set<String> gathering = ConcurrentHashMap.newKeySet();

    AudienceEvaluations(
            Sandboxes sandboxes,
            SandboxScope rows,
            SegmentDefinitions definitions,
            Evaluations evaluations,
            MembershipStore memberships,
            MetricsStore metrics,
            Database database,
            SegmentationSettings settings) {
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.definitions = definitions;
        this.evaluations = evaluations;
        this.memberships = memberships;
        this.metrics = metrics;
        this.database = database;
        this.settings = settings;
        this.background = new RoundRobin<>(this::unlessStopped, settings.backgroundEvaluations(), 1);
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) AudienceChanged change) {
        if (change.isDeleted()) {
            deleted(change.tenant(), change.id());
        } else {
            changed(change.tenant(), change.id());
        }
    }

    /** Evaluates all audiences, because the schema decides what their expressions mean. */
    void schemaChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) SchemaChanged change) {
        definitions.all(change.tenant()).stream()
                .filter(SegmentDefinition::isEvaluated)
                .forEach(definition -> changed(change.tenant(), definition.id()));
    }

    /**
     * Evaluates an audience whose members have to be computed anew, and the audiences that refer to it, in the
     * background.
     */
    public void changed(Tenant tenant, UUID id) {
        // This check comes last: an audience added after it is found when the interval ends.
        if (changed.add(tenant, id) && !gathering.contains(tenant.organization())) {
            evaluateInTurn(tenant);
        }
    }

    /**
     * Waits for a background evaluation of these audiences if that is faster than another evaluation: if it is running
     * or starts at once, and covers at most twice as many audiences.
     *
     * @param limit maximum time to wait
     */
    void awaitEnd(Tenant tenant, Set<UUID> ids, Duration limit) {
        // While changes are collected, no evaluation starts at once.
        int atATime = gathering.contains(tenant.organization()) ? 0 : settings.backgroundEvaluations();
        changed.endOf(tenant, ids, atATime)
                .ifPresent(end -> end.copy()
                        .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                        .join());
    }

    /** Waits until the tenant's audiences that are waiting now have been evaluated, at most for the limit. */
    public void awaitAll(Tenant tenant, Duration limit) {
        changed.endOfAll(tenant)
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void deleted(Tenant tenant, UUID id) {
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
        threads.shutdownNow();
        changed.endAll();
    }

    private void unlessStopped(Runnable task) {
        if (!threads.isShutdown()) {
            threads.execute(task);
        }
    }

    /** Turns are per organization, because a client can name as many sandboxes as it likes. */
    private void evaluateInTurn(Tenant tenant) {
        background.execute(tenant.organization(), () -> evaluateWaiting(tenant));
    }

    /** Collects the organization's changes until the background interval has passed. */
    private void gather(String organization) {
        if (gathering.add(organization)) {
            CompletableFuture.delayedExecutor(
                            settings.backgroundInterval().toMillis(), TimeUnit.MILLISECONDS, this::unlessStopped)
                    .execute(() -> {
                        gathering.remove(organization);
                        changed.waitingOf(organization).forEach(this::evaluateInTurn);
                    });
        }
    }

    private void evaluateWaiting(Tenant tenant) {
        gather(tenant.organization());
        Optional<Pass> pass = changed.take(tenant, settings.batch());
        // Audiences beyond the size of a pass wait for the next turn.
        if (changed.isWaiting(tenant)) {
            evaluateInTurn(tenant);
        }
        pass.ifPresent(this::evaluate);
    }

    private void evaluate(Pass pass) {
        Tenant tenant = pass.tenant();
        try {
            sandboxes
                    .find(tenant)
                    .ifPresent(sandbox -> rows.ofSandbox(
                            sandbox.id(),
                            () -> evaluate(
                                    sandbox,
                                    definitions.withDependents(tenant, pass.ids()),
                                    evaluations.inBackground())));
        } catch (RuntimeException e) {
            // Nothing is lost: metrics and members are evaluated when they are requested.
            LOG.warnf(
                    e,
                    "The evaluation of %d changed audiences of %s failed. It is repeated when they are requested.",
                    pass.ids().size(),
                    tenant);
        } finally {
            changed.end(pass);
        }
    }

    /** The audiences whose stored members, if any, have another input fingerprint than the current one. */
    public List<SegmentDefinition> unevaluated(Sandbox sandbox, Collection<SegmentDefinition> some) {
        List<SegmentDefinition> evaluated =
                some.stream().filter(SegmentDefinition::isEvaluated).toList();
        if (evaluated.isEmpty()) {
            return List.of();
        }
        InputFingerprint basis = evaluations.basis(sandbox, evaluations.closure(sandbox, evaluated));
        return database.call(connection -> {
            Map<UUID, UUID> stored = memberships.bases(connection, sandbox.id(), ids(evaluated));
            return evaluated.stream()
                    .filter(definition -> !basis.of(definition.id()).equals(stored.get(definition.id())))
                    .toList();
        });
    }

    /** Evaluates the audiences that {@link #unevaluated} returns, and stores their new generations. */
    @WithSpan("evaluate changed audiences")
    public void evaluate(Sandbox sandbox, Collection<SegmentDefinition> some, Progress progress) {
        List<SegmentDefinition> changed = unevaluated(sandbox, some);
        if (changed.isEmpty()) {
            return;
        }
        Run run = evaluations.run(sandbox, UUID.randomUUID(), changed, progress);
        Set<UUID> wanted = Set.copyOf(ids(changed));
        database.run(connection -> {
            MembershipStore.lock(connection, sandbox.id());
            // Another thread or replica may have evaluated them meanwhile. A second generation would lose the exited
            // profiles.
            Map<UUID, UUID> stored = memberships.bases(connection, sandbox.id(), wanted);
            Set<UUID> still = run.outcomes().stream()
                    .filter(outcome -> wanted.contains(outcome.id()))
                    .filter(outcome -> !outcome.basis().equals(stored.get(outcome.id())))
                    .map(Outcome::id)
                    .collect(Collectors.toSet());
            evaluations.establish(connection, run.only(still), Progress.NONE);
        });
    }

    private static List<UUID> ids(Collection<SegmentDefinition> definitions) {
        return definitions.stream().map(SegmentDefinition::id).toList();
    }
}
