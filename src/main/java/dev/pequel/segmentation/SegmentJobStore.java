package dev.pequel.segmentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.SegmentJob.Source;
import dev.pequel.segmentation.SegmentJob.Status;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table {@code segment_job}. A job's status changes here alone, and never from one that is an end. */
@ApplicationScoped
class SegmentJobStore {

    private static final String SELECT = """
            select id, sandbox_id, status, source, request_id, requested, segments, attempts, values_evaluated,
                values_expected, metrics, errors, reason, created_at, evaluation_started_at, evaluation_ended_at, ended_at,
                updated_at
            from segment_job
            """;

    private final Database database;
    private final ObjectMapper json;
    private final SegmentationSettings settings;
    private final Clock clock;

    SegmentJobStore(Database database, ObjectMapper json, SegmentationSettings settings, Clock clock) {
        this.database = database;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Which jobs to list.
     *
     * @param order of the jobs, in SQL
     */
    record Selection(Optional<Status> status, List<UUID> segments, String order) {}

    /** The jobs' ids; of the jobs themselves, a page may be larger than memory. */
    List<UUID> list(int sandbox, Selection selection, int limit, long offset) {
        List<Object> parameters = new ArrayList<>();
        String where = where(sandbox, selection, parameters);
        parameters.add(limit);
        parameters.add(offset);
        return database.call(connection -> Sql.list(
                connection,
                "select id from segment_job " + where + " order by " + selection.order() + " limit ? offset ?",
                row -> row.getObject(1, UUID.class),
                parameters.toArray()));
    }

    long count(int sandbox, Selection selection) {
        List<Object> parameters = new ArrayList<>();
        String where = where(sandbox, selection, parameters);
        return database.call(connection -> Sql.one(
                connection, "select count(*) from segment_job " + where, row -> row.getLong(1), parameters.toArray()));
    }

    private static String where(int sandbox, Selection selection, List<Object> parameters) {
        StringBuilder where = new StringBuilder("where sandbox_id = ?");
        parameters.add(sandbox);
        selection.status().ifPresent(status -> {
            where.append(" and status = ?");
            parameters.add(status.name());
        });
        for (UUID segment : selection.segments()) {
            where.append(" and segments @> ?::jsonb");
            parameters.add("[{\"segmentId\": \"" + segment + "\"}]");
        }
        return where.toString();
    }

    /** Those of the jobs that there are. */
    Set<UUID> existing(int sandbox, Collection<UUID> ids) {
        return new HashSet<>(database.call(connection -> Sql.list(
                connection,
                "select id from segment_job where sandbox_id = ? and id = any (?)",
                row -> row.getObject(1, UUID.class),
                sandbox,
                Sql.ids(ids))));
    }

    Optional<SegmentJob> find(int sandbox, UUID id) {
        return database.call(connection ->
                Sql.first(connection, SELECT + "where sandbox_id = ? and id = ?", this::read, sandbox, id));
    }

    /** Jobs of all sandboxes that are not over, by status. */
    Map<Status, Long> unfinished() {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        database.call(connection -> {
            Sql.each(
                    connection,
                    "select status, count(*) from segment_job where status in ('NEW', 'PROCESSING') group by status",
                    row -> counts.put(Status.valueOf(row.getString(1)), row.getLong(2)));
            return counts;
        });
        return counts;
    }

    /**
     * Writes down a new job that a client asked for, unless there are too many of its organization. A connection that sees the
     * rows of all sandboxes has to do it.
     *
     * @param requested the audiences; empty for all
     * @param most jobs of the organization that are not over; those of the schedule do not count
     * @return empty when there are as many already
     */
    Optional<SegmentJob> createUnless(Sandbox sandbox, String requestId, Optional<List<UUID>> requested, int most) {
        String organization = sandbox.tenant().organization();
        return database.transaction(connection -> {
            // One at a time, or several would count before any of them is written down.
            AdvisoryLock.takeInTransaction(
                    connection,
                    UUID.nameUUIDFromBytes(("new segment jobs of " + organization).getBytes(StandardCharsets.UTF_8)));
            int unfinished = Sql.one(connection, """
                    select count(*) from segment_job
                    where status in ('NEW', 'PROCESSING') and source = ?
                        and sandbox_id in (select id from sandbox where organization = ?)
                    """, row -> row.getInt(1), Source.API.word(), organization);
            return unfinished < most
                    ? create(connection, sandbox.id(), Source.API, requestId, requested, Optional.empty())
                    : Optional.empty();
        });
    }

    /**
     * Writes down a new job, and forgets the oldest of those that are over when there are too many.
     *
     * @param requested the audiences; empty for all
     * @param scheduledFor the time that the schedule named
     * @return empty when another replica has written down the same scheduled job
     */
    Optional<SegmentJob> create(
            int sandbox,
            Source source,
            String requestId,
            Optional<List<UUID>> requested,
            Optional<Instant> scheduledFor) {
        return database.transaction(
                connection -> create(connection, sandbox, source, requestId, requested, scheduledFor));
    }

    private Optional<SegmentJob> create(
            Connection connection,
            int sandbox,
            Source source,
            String requestId,
            Optional<List<UUID>> requested,
            Optional<Instant> scheduledFor)
            throws SQLException {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        int rows = Sql.update(
                connection,
                """
                    insert into segment_job (id, sandbox_id, status, source, scheduled_for, request_id, requested, segments,
                        created_at, updated_at)
                    values (?, ?, 'NEW', ?, ?::timestamptz, ?, ?::uuid[], ?::jsonb, ?, ?)
                    on conflict (sandbox_id, scheduled_for) do nothing
                    """,
                id,
                sandbox,
                source.word(),
                scheduledFor.map(Instant::toString),
                requestId,
                requested.map(Sql::ids),
                SegmentJobDocument.requested(requested).toString(),
                now,
                now);
        Sql.update(connection, """
                    delete from segment_job
                    where sandbox_id = ? and status not in ('NEW', 'PROCESSING') and sequence < (
                        select sequence from segment_job where sandbox_id = ? order by sequence desc offset ? limit 1)
                    """, sandbox, sandbox, settings.keptJobs());
        return rows > 0 ? Sql.first(connection, SELECT + "where id = ?", this::read, id) : Optional.empty();
    }

    /** The sandboxes that have jobs to do, the one with the oldest first. */
    List<Integer> sandboxesWithWork() {
        return database.call(connection -> Sql.list(connection, """
                select sandbox_id from segment_job where status in ('NEW', 'PROCESSING')
                group by sandbox_id order by min(sequence)
                """, row -> row.getInt(1)));
    }

    /** The sandboxes that have audiences' members to keep up to date. */
    List<Integer> sandboxesWithMembers() {
        return database.call(connection ->
                Sql.list(connection, "select distinct sandbox_id from segment_membership", row -> row.getInt(1)));
    }

    /** The sandbox's oldest job that is not over. */
    Optional<SegmentJob> next(Connection connection, int sandbox) throws SQLException {
        return Sql.first(
                connection,
                SELECT + "where sandbox_id = ? and status in ('NEW', 'PROCESSING') order by sequence limit 1",
                this::read,
                sandbox);
    }

    /** Begins a job, or begins it again; false when it was cancelled. */
    boolean begin(Connection connection, UUID id) throws SQLException {
        Instant now = clock.instant();
        return Sql.update(connection, """
                        update segment_job
                        set status = 'PROCESSING', attempts = attempts + 1, values_evaluated = 0, values_expected = 0,
                            evaluation_started_at = ?, updated_at = ?
                        where id = ? and status in ('NEW', 'PROCESSING')
                        """, now, now, id) > 0;
    }

    /** Takes back that the job was begun, unless it is over: this replica stops, and that says nothing against the job. */
    void giveBack(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, """
                        update segment_job set status = 'NEW', attempts = attempts - 1, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, clock.instant(), id);
    }

    /** Writes down what the job evaluates. */
    void segments(Connection connection, UUID id, ArrayNode segments) throws SQLException {
        Sql.update(
                connection,
                "update segment_job set segments = ?::jsonb, updated_at = ? where id = ? and status = 'PROCESSING'",
                segments.toString(),
                clock.instant(),
                id);
    }

    /** Writes down how far the job is; false when it was cancelled. */
    boolean progress(UUID id, long evaluated, long expected) {
        return database.call(connection -> Sql.update(connection, """
                        update segment_job set values_evaluated = ?, values_expected = ?, updated_at = ?
                        where id = ? and status = 'PROCESSING'
                        """, evaluated, expected, clock.instant(), id) > 0);
    }

    /** Makes sure that nobody cancels the job before the transaction ends; false when somebody has. */
    boolean hold(Connection connection, UUID id) throws SQLException {
        return Sql.first(
                        connection,
                        "select id from segment_job where id = ? and status = 'PROCESSING' for update",
                        row -> true,
                        id)
                .orElse(false);
    }

    /** Ends a job that {@link #hold} holds. */
    void end(
            Connection connection,
            UUID id,
            Status status,
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

    /** Ends a job without result; false when it is over already. */
    boolean abort(int sandbox, UUID id, Status status, Optional<String> reason) {
        Instant now = clock.instant();
        return database.call(
                connection -> Sql.update(connection, """
                        update segment_job set status = ?, reason = ?, ended_at = ?, updated_at = ?
                        where sandbox_id = ? and id = ? and status in ('NEW', 'PROCESSING')
                        """, status.name(), reason, now, now, sandbox, id) > 0);
    }

    private SegmentJob read(ResultSet row) throws SQLException {
        return new SegmentJob(
                row.getObject("id", UUID.class),
                row.getInt("sandbox_id"),
                Status.valueOf(row.getString("status")),
                Source.of(row.getString("source")),
                row.getString("request_id"),
                ids(row.getArray("requested")),
                (ArrayNode) tree(row.getString("segments")),
                row.getInt("attempts"),
                row.getLong("values_evaluated"),
                row.getLong("values_expected"),
                (ObjectNode) tree(row.getString("metrics")),
                (ArrayNode) tree(row.getString("errors")),
                Optional.ofNullable(row.getString("reason")),
                Sql.instant(row, "created_at"),
                instant(row, "evaluation_started_at"),
                instant(row, "evaluation_ended_at"),
                instant(row, "ended_at"),
                Sql.instant(row, "updated_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Optional<List<UUID>> ids(Array array) throws SQLException {
        return array == null ? Optional.empty() : Optional.of(Arrays.asList((UUID[]) array.getArray()));
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("segment_job holds something else than was written there.", e);
        }
    }
}
