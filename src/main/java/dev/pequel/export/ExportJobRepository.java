package dev.pequel.export;

import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditSubject;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.audit.SandboxChange;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.JobStatus;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.tenant.Sandbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads, creates, cancels and removes export jobs for requests, in the sandbox scope. */
@ApplicationScoped
class ExportJobRepository implements PanacheRepositoryBase<ExportJob, UUID> {

    private final Database database;
    private final SandboxScope rows;
    private final ExportJobQueue queue;
    private final AuditTrail audit;
    private final ExportSettings settings;
    private final Clock clock;

    ExportJobRepository(
            Database database,
            SandboxScope rows,
            ExportJobQueue queue,
            AuditTrail audit,
            ExportSettings settings,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.queue = queue;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A page of jobs, the newest first.
     *
     * @param status status of the jobs; empty for any
     * @param before only jobs with lower numbers are returned
     */
    List<ExportJob> newestFirst(Optional<JobStatus> status, long before, int limit) {
        return find(
                        "removed = false and jobNumber < ?1 and status in ?2",
                        Sort.descending("jobNumber"),
                        before,
                        status.map(EnumSet::of).orElse(EnumSet.allOf(JobStatus.class)))
                .range(0, limit - 1)
                .list();
    }

    Optional<ExportJob> read(long number) {
        return find("removed = false and jobNumber = ?1", number).firstResultOptional();
    }

    /** Reads a job and locks it, so that no other transaction changes it before the current one ends. */
    Optional<ExportJob> lock(long number) {
        return find("removed = false and jobNumber = ?1", number)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /**
     * Creates a job, in a transaction of its own whose connection sees the rows of all sandboxes.
     *
     * @param createdBy the caller's name
     * @return empty when the organization has the maximum number of unfinished jobs
     */
    Optional<ExportJob> create(Sandbox sandbox, String requestId, String createdBy, ExportRequest request) {
        return rows.ofAllSandboxes(() -> database.inNewTransaction(() -> {
            String organization = sandbox.tenant().organization();
            if (database.<Integer>callBeside(connection -> unfinished(connection, organization))
                    >= settings.waitingJobs()) {
                return Optional.empty();
            }
            long number = database.<Long>callBeside(connection -> ExportJobQueue.nextNumber(connection, sandbox.id()));
            ExportJob job = new ExportJob(sandbox, number, requestId, request, clock.instant());
            persist(job);
            database.runBeside(connection -> queue.removeOldest(connection, sandbox.id()));
            record(sandbox, createdBy, job);
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
                UUID.nameUUIDFromBytes(("new export jobs of " + organization).getBytes(StandardCharsets.UTF_8)));
        return Sql.one(connection, """
                select count(*) from export_job
                where status in ('NEW', 'PROCESSING')
                    and sandbox_id in (select id from sandbox where organization = ?)
                """, row -> row.getInt(1), organization);
    }

    /** Records the export in the audit trail, because it takes personal data out of the service. */
    private void record(Sandbox sandbox, String createdBy, ExportJob job) {
        PropertyChange change = new PropertyChange(
                "exportJob",
                Optional.empty(),
                Optional.of(job.requestJson().deepCopy().put("id", job.number())));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        audit.record(
                sandbox, new SandboxChange(AuditSubject.EXPORT, AuditAction.CREATED, createdBy, now, List.of(change)));
    }
}
