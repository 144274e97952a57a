package dev.pequel.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.export.ExportFiles.Place;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Selects and updates export jobs for the workers, across sandboxes and by JDBC: workers write on the connection that
 * holds the lock of a sandbox's jobs. A job that has ended is not changed, except that its files and then its row are
 * removed.
 */
@ApplicationScoped
class ExportJobQueue {

    private static final String JOB = "select id, job_number, attempts, removed, request from export_job ";

    private final Database database;
    private final ObjectMapper json;
    private final ExportSettings settings;
    private final Clock clock;

    ExportJobQueue(Database database, ObjectMapper json, ExportSettings settings, Clock clock) {
        this.database = database;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A job that has to run, or whose files have to be removed.
     *
     * @param attempts number of times that it has begun
     * @param removed whether the row is deleted with the files
     */
    record QueuedJob(UUID id, long number, int attempts, boolean removed, ExportRequest request) {

        List<ExportBatch> batches() {
            return ExportBatch.of(id, request);
        }

        List<Place> places(Tenant tenant) {
            return Place.of(tenant, id, request);
        }

        Place place(Tenant tenant, ExportBatch batch) {
            return new Place(tenant, request.datasetId(), batch.id());
        }
    }

    private QueuedJob read(ResultSet row) throws SQLException {
        try {
            return new QueuedJob(
                    row.getObject("id", UUID.class),
                    row.getLong("job_number"),
                    row.getInt("attempts"),
                    row.getBoolean("removed"),
                    ExportRequest.read(json.readTree(row.getString("request")), ExportRequest.Limits.NONE));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored request is not JSON.", e);
        }
    }

    /** The sandboxes with jobs that have to run or to be cleaned, the one with the oldest job first. */
    List<Integer> sandboxesWithWork() {
        return database.call(connection -> Sql.list(connection, """
                select sandbox_id from export_job
                where status in ('NEW', 'PROCESSING') or removed or (has_files and status <> 'SUCCEEDED')
                group by sandbox_id order by min(created_at)
                """, row -> row.getInt(1)));
    }

    /** The sandbox's oldest unfinished job. */
    Optional<QueuedJob> next(Connection connection, int sandbox) throws SQLException {
        return Sql.first(
                connection,
                JOB + "where sandbox_id = ? and status in ('NEW', 'PROCESSING') order by job_number limit 1",
                this::read,
                sandbox);
    }

    /** The sandbox's ended jobs whose files have to be removed. */
    List<QueuedJob> toClean(Connection connection, int sandbox) throws SQLException {
        return Sql.list(connection, JOB + """
                where sandbox_id = ? and status not in ('NEW', 'PROCESSING')
                    and (removed or (has_files and status <> 'SUCCEEDED'))
                order by job_number
                """, this::read, sandbox);
    }

    /** Records that the files of a job are removed, and deletes the row of a removed job. */
    void cleaned(Connection connection, QueuedJob job) throws SQLException {
        Sql.update(connection, "delete from export_job where id = ? and removed", job.id());
        Sql.update(
                connection, "update export_job set has_files = false where id = ? and status <> 'SUCCEEDED'", job.id());
    }

    /** Marks the oldest ended jobs of a sandbox as removed, when there are more jobs than the maximum. */
    void removeOldest(Connection connection, int sandbox) throws SQLException {
        Sql.update(connection, """
                update export_job set removed = true, updated_at = ?
                where sandbox_id = ? and status not in ('NEW', 'PROCESSING') and not removed and job_number <= (
                    select job_number from export_job where sandbox_id = ? and not removed
                    order by job_number desc offset ? limit 1)
                """, clock.instant(), sandbox, sandbox, settings.keptJobs());
    }

    /** Assigns a number to a new job of the sandbox, in the current transaction. */
    static long nextNumber(Connection connection, int sandbox) throws SQLException {
        return Sql.one(connection, """
                insert into export_job_counter as counter (sandbox_id, last_number) values (?, 1)
                on conflict (sandbox_id) do update set last_number = counter.last_number + 1
                returning last_number
                """, row -> row.getLong(1), sandbox);
    }

    /** Begins a job, for the first time or again. False if it was cancelled. */
    boolean begin(Connection connection, UUID id) throws SQLException {
        Instant now = clock.instant();
        return Sql.update(connection, """
                        update export_job
                        set status = 'PROCESSING', attempts = attempts + 1, has_files = true, profiles_read = 0,
                            profiles_expected = 0, export_started_at = ?, updated_at = ?
                        where id = ? and status in ('NEW', 'PROCESSING')
                        """, now, now, id) > 0;
    }

    /** Returns a job that this replica began to the queue, unless it has ended. The attempt is not counted. */
    void giveBack(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, """
                        update export_job set status = 'NEW', attempts = attempts - 1, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, clock.instant(), id);
    }

    /** Records the progress of a job. False if it was cancelled. */
    boolean progress(Connection connection, UUID id, long read, long expected) throws SQLException {
        return Sql.update(connection, """
                        update export_job set profiles_read = ?, profiles_expected = ?, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, read, expected, clock.instant(), id) > 0;
    }

    /** Ends a job whose files exist. False if it was cancelled. */
    boolean succeed(Connection connection, UUID id, long profiles, long events, List<ExportedFile> files)
            throws SQLException {
        Instant now = clock.instant();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        files.forEach(file -> list.add(file.json()));
        return Sql.update(connection, """
                        update export_job
                        set status = 'SUCCEEDED', profiles_exported = ?, events_exported = ?, files = ?::jsonb,
                            export_ended_at = ?, ended_at = ?, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, profiles, events, list.toString(), now, now, now, id) > 0;
    }

    /** Marks a job as failed, unless it has ended. */
    void fail(Connection connection, UUID id, String code, String message) throws SQLException {
        Instant now = clock.instant();
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        errors.addObject().put("code", code).put("msg", message);
        Sql.update(connection, """
                update export_job set status = 'FAILED', errors = ?::jsonb, ended_at = ?, updated_at = ?
                where id = ? and status in ('NEW', 'PROCESSING')
                """, errors.toString(), now, now, id);
    }
}
