package dev.pequel.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.profile.ImportJob.Content;
import dev.pequel.profile.ImportJob.Source;
import dev.pequel.profile.ImportJob.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code import_job}. The connection that works on a job holds an advisory lock for it, which PostgreSQL releases
 * when the process is gone; a job in progress that nobody holds was abandoned.
 */
@ApplicationScoped
class ImportJobs {

    private static final String SELECT = """
            select id, sandbox_id, content, source, status, bytes_read, lines_read, created, updated, unchanged, failed,
                errors, reason, created_at, updated_at
            from import_job
            """;

    private final Database database;
    private final ObjectMapper json;
    private final ImportSettings settings;
    private final Clock clock;

    ImportJobs(Database database, ObjectMapper json, ImportSettings settings, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    Optional<ImportJob> find(int sandbox, Content content, UUID id) {
        return database.call(connection -> Sql.first(
                connection,
                SELECT + "where sandbox_id = ? and content = ? and id = ?",
                this::read,
                sandbox,
                content.word(),
                id));
    }

    /** The newest jobs first. */
    List<ImportJob> list(int sandbox, Content content, int limit, long offset) {
        return database.call(connection -> Sql.list(
                connection,
                SELECT + "where sandbox_id = ? and content = ? order by created_at desc, id limit ? offset ?",
                this::read,
                sandbox,
                content.word(),
                limit,
                offset));
    }

    long count(int sandbox, Content content) {
        return database.call(connection -> Sql.one(
                connection,
                "select count(*) from import_job where sandbox_id = ? and content = ?",
                row -> row.getLong(1),
                sandbox,
                content.word()));
    }

    /** Whether an import from this source was ever completed. */
    boolean succeeded(int sandbox, Content content, Source source) {
        return database.call(connection ->
                Sql.one(connection, """
                select exists (
                    select from import_job where sandbox_id = ? and content = ? and source = ? and status = 'SUCCEEDED')
                """, row -> row.getBoolean(1), sandbox, content.word(), source.word()));
    }

    ImportJob read(Connection connection, UUID id) throws SQLException {
        return Sql.one(connection, SELECT + "where id = ?", this::read, id);
    }

    /** Writes down a new job; the connection holds the lock for it. */
    ImportJob begin(Connection connection, UUID id, int sandbox, Content content, Source source) throws SQLException {
        Sql.update(connection, """
                insert into import_job (id, sandbox_id, content, source, status, created_at, updated_at)
                values (?, ?, ?, ?, 'PROCESSING', ?, ?)
                """, id, sandbox, content.word(), source.word(), clock.instant(), clock.instant());
        return read(connection, id);
    }

    /** Writes how far the job is; part of the transaction that writes the batch. */
    void progress(Connection connection, UUID id, ImportTally tally) throws SQLException {
        Sql.update(
                connection,
                """
                update import_job
                set bytes_read = ?, lines_read = ?, created = ?, updated = ?, unchanged = ?, failed = ?,
                    errors = ?::jsonb, updated_at = ?
                where id = ?
                """,
                tally.bytes(),
                tally.lines(),
                tally.created(),
                tally.updated(),
                tally.unchanged(),
                tally.failed(),
                write(tally.errors()),
                clock.instant(),
                id);
    }

    /** Ends a job; in the same transaction its data becomes something that readers may expect to see. */
    ImportJob end(Connection connection, ImportJob job, Status status, Optional<String> reason) throws SQLException {
        return Database.transaction(connection, same -> {
            settle(same, job, status, reason);
            return read(same, job.id());
        });
    }

    private void settle(Connection connection, ImportJob job, Status status, Optional<String> reason)
            throws SQLException {
        Sql.update(
                connection,
                "update import_job set status = ?, reason = ?, updated_at = ? where id = ?",
                status.name(),
                reason,
                clock.instant(),
                job.id());
        StoreTransaction.publish(connection, job.sandbox());
        forgetOld(connection, job);
    }

    /** But never the imports of samples, whose success tells that the samples are there. */
    private void forgetOld(Connection connection, ImportJob ended) throws SQLException {
        Sql.update(connection, """
                delete from import_job
                where sandbox_id = ? and source = 'api' and status <> 'PROCESSING' and id <> ? and created_at < (
                    select created_at from import_job where sandbox_id = ? order by created_at desc offset ? limit 1)
                """, ended.sandbox(), ended.id(), ended.sandbox(), settings.keptJobs() - 1);
    }

    /** Fails the jobs whose process is gone. */
    List<ImportJob> failAbandoned() {
        return database.transaction(connection -> {
            List<ImportJob> abandoned = new ArrayList<>();
            for (ImportJob job : Sql.list(connection, SELECT + "where status = 'PROCESSING'", this::read)) {
                // The lock is held until the end of the transaction, so that two replicas do not both settle the job.
                if (AdvisoryLock.tryTakeInTransaction(connection, job.id())
                        && read(connection, job.id()).status() == Status.PROCESSING) {
                    settle(
                            connection,
                            job,
                            Status.FAILED,
                            Optional.of("The server stopped during the import. The lines counted here are stored;"
                                    + " send the file again to import the rest."));
                    abandoned.add(job);
                }
            }
            return abandoned;
        });
    }

    private ImportJob read(ResultSet row) throws SQLException {
        return new ImportJob(
                row.getObject("id", UUID.class),
                row.getInt("sandbox_id"),
                Content.of(row.getString("content")),
                Source.of(row.getString("source")),
                Status.valueOf(row.getString("status")),
                row.getLong("bytes_read"),
                row.getLong("lines_read"),
                row.getLong("created"),
                row.getLong("updated"),
                row.getLong("unchanged"),
                row.getLong("failed"),
                readErrors(row.getString("errors")),
                Optional.ofNullable(row.getString("reason")),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"));
    }

    private String write(List<LineError> errors) {
        ArrayNode list = json.createArrayNode();
        for (LineError error : errors) {
            list.addObject()
                    .put("line", error.line())
                    .put("code", error.code().name())
                    .put("message", error.message());
        }
        return list.toString();
    }

    private List<LineError> readErrors(String text) {
        try {
            List<LineError> errors = new ArrayList<>();
            json.readTree(text)
                    .forEach(node -> errors.add(new LineError(
                            node.get("line").longValue(),
                            LineError.Code.valueOf(node.get("code").textValue()),
                            node.get("message").textValue())));
            return errors;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("import_job.errors holds something else than was written there.", e);
        }
    }
}
