package dev.pequel.segmentation.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.Database;
import dev.pequel.database.JobStatus;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.job.SegmentJob.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates, selects and updates segment jobs for the workers, across sandboxes and by JDBC: workers write on the
 * connection that holds the lock of a sandbox's jobs. A job that has ended is never changed.
 */
@ApplicationScoped
class SegmentJobQueue {

    private final Database database;
    private final SegmentationSettings settings;
    private final Clock clock;

    SegmentJobQueue(Database database, SegmentationSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A job that has not ended.
     *
     * @param attempts number of times that it has begun
     * @param requested the audiences; empty for all
     */
    record QueuedJob(UUID id, int attempts, Optional<List<UUID>> requested) {

        static QueuedJob read(ResultSet row) throws SQLException {
            return new QueuedJob(row.getObject("id", UUID.class), row.getInt("attempts"), Sql.ids(row, "requested"));
        }
    }

    /** Number of unfinished jobs of all sandboxes, by status. */
    Map<JobStatus, Long> unfinished() {
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        database.call(connection -> {
            Sql.each(
                    connection,
                    "select status, count(*) from segment_job where status in ('NEW', 'PROCESSING') group by status",
                    row -> counts.put(JobStatus.valueOf(row.getString(1)), row.getLong(2)));
            return counts;
        });
        return counts;
    }

    /**
     * Creates a job of a schedule.
     *
     * @param time the time in the schedule
     * @param audiences the audiences to evaluate; empty for all
     * @return the job's id; empty when the schedule already has a job for that time
     */
    Optional<UUID> createScheduled(
            Connection connection, int sandbox, UUID schedule, Instant time, Optional<List<UUID>> audiences)
            throws SQLException {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        boolean isNew = Sql.update(
                        connection,
                        """
                        insert into segment_job (id, sandbox_id, status, source, schedule_id, scheduled_for, request_id,
                            requested, segments, created_at, updated_at)
                        values (?, ?, 'NEW', ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                        on conflict (sandbox_id, schedule_id, scheduled_for) do nothing
                        """,
                        id,
                        sandbox,
                        Source.SCHEDULER.word(),
                        schedule,
                        time,
                        "scheduled-" + time,
                        audiences.map(Sql::ids),
                        SegmentJobJson.requested(audiences).toString(),
                        now,
                        now)
                > 0;
        removeOldest(connection, sandbox);
        return isNew ? Optional.of(id) : Optional.empty();
    }

    /** Removes the oldest ended jobs of a sandbox beyond the maximum number of jobs. */
    void removeOldest(Connection connection, int sandbox) throws SQLException {
        Sql.update(connection, """
                delete from segment_job
                where sandbox_id = ? and status not in ('NEW', 'PROCESSING') and sequence < (
                    select sequence from segment_job where sandbox_id = ? order by sequence desc offset ? limit 1)
                """, sandbox, sandbox, settings.keptJobs());
    }

    /** The sandboxes that have unfinished jobs, the one with the oldest job first. */
    List<Integer> sandboxesWithWork() {
        return database.call(connection -> Sql.list(connection, """
                select sandbox_id from segment_job where status in ('NEW', 'PROCESSING')
                group by sandbox_id order by min(sequence)
                """, row -> row.getInt(1)));
    }

    /** Whether an audience of the sandbox has members. */
    boolean hasMembers(Connection connection, int sandbox) throws SQLException {
        return Sql.one(
                connection,
                "select exists (select from segment_membership where sandbox_id = ?)",
                row -> row.getBoolean(1),
                sandbox);
    }

    /** The sandbox's oldest unfinished job. */
    Optional<QueuedJob> next(Connection connection, int sandbox) throws SQLException {
        return Sql.first(connection, """
                select id, attempts, requested from segment_job
                where sandbox_id = ? and status in ('NEW', 'PROCESSING') order by sequence limit 1
                """, QueuedJob::read, sandbox);
    }

    /** Begins a job, for the first time or again. False if it was cancelled. */
    boolean begin(Connection connection, UUID id) throws SQLException {
        Instant now = clock.instant();
        return Sql.update(connection, """
                        update segment_job
                        set status = 'PROCESSING', attempts = attempts + 1, values_evaluated = 0, values_expected = 0,
                            evaluation_started_at = ?, updated_at = ?
                        where id = ? and status in ('NEW', 'PROCESSING')
                        """, now, now, id) > 0;
    }

    /** Returns a job that this replica began to the queue, unless it has ended. The attempt is not counted. */
    void giveBack(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, """
                        update segment_job set status = 'NEW', attempts = attempts - 1, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, clock.instant(), id);
    }

    /** Records the audiences that the job evaluates. */
    void segments(Connection connection, UUID id, ArrayNode segments) throws SQLException {
        Sql.update(
                connection,
                "update segment_job set segments = ?::jsonb, updated_at = ? where id = ? and status = 'PROCESSING'",
                segments.toString(),
                clock.instant(),
                id);
    }

    /** Records the progress of a job. False if it was cancelled. */
    boolean progress(UUID id, long evaluated, long expected) {
        return database.call(connection -> Sql.update(connection, """
                        update segment_job set values_evaluated = ?, values_expected = ?, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, evaluated, expected, clock.instant(), id) > 0);
    }

    /** Prevents the job from being cancelled before the transaction ends. False if it was cancelled already. */
    boolean hold(Connection connection, UUID id) throws SQLException {
        return Sql.first(
                        connection,
                        "select id from segment_job where id = ? and status = 'PROCESSING' for update",
                        row -> true,
                        id)
                .orElse(false);
    }

    /** Ends a job after {@link #hold}. */
    void end(
            Connection connection,
            UUID id,
            JobStatus status,
            Optional<String> reason,
            ObjectNode metrics,
            ArrayNode errors,
            Instant evaluatedAt)
            throws SQLException {
        Instant now = clock.instant();
        Sql.update(
                connection,
                """
                update segment_job
                set status = ?, reason = ?, metrics = ?::jsonb, errors = ?::jsonb, values_evaluated = values_expected,
                    evaluation_ended_at = ?, ended_at = ?, updated_at = ?
                where id = ?
                """,
                status.name(),
                reason,
                metrics.toString(),
                errors.toString(),
                evaluatedAt,
                now,
                now,
                id);
    }

    /** Marks a job as failed, without a result, unless it has ended. */
    void fail(UUID id, String reason) {
        Instant now = clock.instant();
        database.call(connection -> Sql.update(connection, """
                        update segment_job set status = 'FAILED', reason = ?, ended_at = ?, updated_at = ?
                        where id = ? and status in ('NEW', 'PROCESSING')
                        """, reason, now, now, id));
    }
}
