package dev.pequel.profile;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.profile.ImportJob.Content;
import dev.pequel.profile.ImportJob.Source;
import dev.pequel.profile.ImportJob.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the table {@code import_job}, in plain JDBC on the connection that writes the data. That connection holds an
 * advisory lock for the job, which PostgreSQL releases when the process is gone. A job in progress whose lock is free
 * was abandoned.
 */
@ApplicationScoped
class ImportJobWriter {

    private final Database database;
    private final ImportSettings settings;
    private final Clock clock;

    ImportJobWriter(Database database, ImportSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** Inserts a new job; the connection holds the lock for it. */
    RunningImport begin(Connection connection, UUID id, int sandbox, Content content, Source source)
            throws SQLException {
        RunningImport job = new RunningImport(id, sandbox, content, source, now());
        Sql.update(connection, """
                insert into import_job (id, sandbox_id, content, source, status, created_at, updated_at)
                values (?, ?, ?, ?, 'PROCESSING', ?, ?)
                """, id, sandbox, content.word(), source.word(), job.createdAt(), job.createdAt());
        return job;
    }

    /** Records the job's progress; part of the transaction that writes the batch. */
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
                LineError.json(tally.errors()).toString(),
                now(),
                id);
    }

    /**
     * Ends a job whose lines were all dealt with, and publishes its data in the same transaction.
     *
     * @param tally the last progress that was recorded
     * @return the job as it is stored. It is not read again, because another import that ends may have removed it.
     */
    ImportJob succeed(Connection connection, RunningImport job, ImportTally tally) throws SQLException {
        Instant now = now();
        Database.<Void, RuntimeException>transaction(connection, same -> {
            end(same, job.id(), job.sandbox(), Status.SUCCEEDED, Optional.empty(), now);
            return null;
        });
        return new ImportJob(job, tally, now);
    }

    /** Ends a job that stopped early, on a connection of its own, because the job's may be broken. */
    void fail(RunningImport job, String reason) {
        database.run(connection -> end(connection, job.id(), job.sandbox(), Status.FAILED, Optional.of(reason), now()));
    }

    private void end(Connection connection, UUID id, int sandbox, Status status, Optional<String> reason, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                "update import_job set status = ?, reason = ?, updated_at = ? where id = ?",
                status.name(),
                reason,
                now,
                id);
        StoreTransaction.publish(connection, sandbox);
        removeOldest(connection, sandbox, id);
    }

    /** Imports of samples are kept, because their success tells that the samples are stored. */
    private void removeOldest(Connection connection, int sandbox, UUID ended) throws SQLException {
        Sql.update(connection, """
                delete from import_job
                where sandbox_id = ? and source = 'api' and status <> 'PROCESSING' and id <> ? and created_at < (
                    select created_at from import_job where sandbox_id = ? order by created_at desc offset ? limit 1)
                """, sandbox, ended, sandbox, settings.keptJobs() - 1);
    }

    /** A job whose process is gone. */
    record Abandoned(UUID id, int sandbox, long lines) {}

    /** Fails the abandoned jobs of all sandboxes. */
    List<Abandoned> failAbandoned() {
        return database.transaction(connection -> {
            List<Abandoned> failed = new ArrayList<>();
            for (UUID id : Sql.list(
                    connection,
                    "select id from import_job where status = 'PROCESSING'",
                    row -> row.getObject(1, UUID.class))) {
                // The lock is held until the end of the transaction, so that two replicas do not both fail the job.
                if (AdvisoryLock.tryTakeInTransaction(connection, id)) {
                    Optional<Abandoned> job = stillRunning(connection, id);
                    if (job.isPresent()) {
                        end(
                                connection,
                                id,
                                job.get().sandbox(),
                                Status.FAILED,
                                Optional.of("The server stopped during the import. The lines counted here are stored;"
                                        + " send the file again to import the rest."),
                                now());
                        failed.add(job.get());
                    }
                }
            }
            return failed;
        });
    }

    /** The job may have ended between the list of jobs and its lock. */
    private static Optional<Abandoned> stillRunning(Connection connection, UUID id) throws SQLException {
        return Sql.first(
                connection,
                "select sandbox_id, lines_read from import_job where id = ? and status = 'PROCESSING'",
                row -> new Abandoned(id, row.getInt(1), row.getLong(2)),
                id);
    }

    /** With the precision of the database. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
