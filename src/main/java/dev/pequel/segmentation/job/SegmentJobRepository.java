package dev.pequel.segmentation.job;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.JobStatus;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.job.SegmentJob.Source;
import dev.pequel.tenant.Sandbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** Reads, creates and cancels segment jobs for requests, in the sandbox scope. */
@ApplicationScoped
class SegmentJobRepository implements PanacheRepositoryBase<SegmentJob, UUID> {

    private final Database database;
    private final SandboxScope rows;
    private final SegmentJobQueue queue;
    private final SegmentationSettings settings;
    private final Clock clock;

    SegmentJobRepository(
            Database database, SandboxScope rows, SegmentJobQueue queue, SegmentationSettings settings, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
    }

    /** The ids of a page of jobs. The jobs themselves may exceed memory. */
    List<UUID> list(SegmentJobQuery query, int limit, long offset) {
        HibernateCriteriaBuilder builder = builder();
        CriteriaQuery<UUID> selection = builder.createQuery(UUID.class);
        Root<SegmentJob> job = selection.from(SegmentJob.class);
        List<Order> order = Stream.of(query.sort().attribute(), "sequence")
                .distinct()
                .map(attribute ->
                        query.descending() ? builder.desc(job.get(attribute)) : builder.asc(job.get(attribute)))
                .map(Order.class::cast)
                .toList();
        selection.select(job.get("id")).where(conditions(query, job)).orderBy(order);
        return getEntityManager()
                .createQuery(selection)
                // No table has as many rows as a larger offset would skip.
                .setFirstResult((int) Math.min(offset, Integer.MAX_VALUE))
                .setMaxResults(limit)
                .getResultList();
    }

    /** The number of jobs on all pages. */
    long count(SegmentJobQuery query) {
        HibernateCriteriaBuilder builder = builder();
        CriteriaQuery<Long> counting = builder.createQuery(Long.class);
        Root<SegmentJob> job = counting.from(SegmentJob.class);
        counting.select(builder.count(job)).where(conditions(query, job));
        return getEntityManager().createQuery(counting).getSingleResult();
    }

    private List<Predicate> conditions(SegmentJobQuery query, Root<SegmentJob> job) {
        HibernateCriteriaBuilder builder = builder();
        List<Predicate> conditions = new ArrayList<>();
        if (query.statuses().size() < JobStatus.values().length) {
            conditions.add(job.get("status").in(query.statuses()));
        }
        for (UUID segment : query.segments()) {
            conditions.add(builder.isTrue(builder.sql(
                    "(? @> cast(? as jsonb))",
                    Boolean.class,
                    job.get("segments"),
                    builder.value(SegmentJobJson.requested(Optional.of(List.of(segment)))
                            .toString()))));
        }
        return conditions;
    }

    /** The ids of the jobs that exist. */
    Set<UUID> existing(Collection<UUID> ids) {
        CriteriaQuery<UUID> selection = builder().createQuery(UUID.class);
        Root<SegmentJob> job = selection.from(SegmentJob.class);
        selection.select(job.get("id")).where(job.get("id").in(ids));
        return Set.copyOf(getEntityManager().createQuery(selection).getResultList());
    }

    /**
     * Reads a job in a transaction of its own, so that a list, which may exceed memory, does not stay in the
     * persistence context.
     */
    @Transactional
    Optional<SegmentJob> read(UUID id) {
        return findByIdOptional(id);
    }

    /** Reads a job and locks it, so that no other transaction changes it before the current one ends. */
    Optional<SegmentJob> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * Creates a requested job, in a transaction of its own whose connection sees the rows of all sandboxes.
     *
     * @param requested the audiences; empty for all
     * @return empty when the organization has the maximum number of unfinished jobs, scheduled ones excepted
     */
    Optional<SegmentJob> create(Sandbox sandbox, String requestId, Optional<List<UUID>> requested) {
        return rows.ofAllSandboxes(() -> database.inNewTransaction(() -> {
            String organization = sandbox.tenant().organization();
            if (database.<Integer>callBeside(connection -> unfinished(connection, organization))
                    >= settings.waitingJobs()) {
                return Optional.empty();
            }
            SegmentJob job = new SegmentJob(sandbox, requestId, requested, clock.instant());
            persist(job);
            database.runBeside(connection -> queue.removeOldest(connection, sandbox.id()));
            return Optional.of(job);
        }));
    }

    /**
     * Counts an organization's unfinished jobs in all sandboxes. The lock serializes creations, so that the count is
     * exact.
     */
    private static int unfinished(Connection connection, String organization) throws SQLException {
        AdvisoryLock.takeInTransaction(
                connection,
                UUID.nameUUIDFromBytes(("new segment jobs of " + organization).getBytes(StandardCharsets.UTF_8)));
        return Sql.one(connection, """
                select count(*) from segment_job
                where status in ('NEW', 'PROCESSING') and source = ?
                    and sandbox_id in (select id from sandbox where organization = ?)
                """, row -> row.getInt(1), Source.API.word(), organization);
    }

    private HibernateCriteriaBuilder builder() {
        return getEntityManager().unwrap(Session.class).getCriteriaBuilder();
    }
}
