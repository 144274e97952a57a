package dev.pequel.profile.importing;

import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.ImportJob.Source;
import dev.pequel.profile.importing.ImportJob.Status;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.store.StoreTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the table {@code import_job} by JDBC, because a job's progress is written in the transaction that writes the
 * lines. A job in progress that was not kept alive for {@link #LEASE} is considered abandoned: it fails, and nothing
 * more is written for it.
 */
@ApplicationScoped
class ImportJobWriter {

    /** Time without {@link #keepAlive} after which a job in progress is considered abandoned. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database;
    private final ImportSettings settings;
    private final Clock clock;

    ImportJobWriter(Database database, ImportSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    RunningImport begin(int sandbox, Content content, Source source) {
        RunningImport job = new RunningImport(UUID.randomUUID(), sandbox, content, source, now());
        database.run(connection -> Sql.update(
                connection, """
                insert into import_job (id, sandbox_id, content, source, status, created_at, updated_at)
                values (?, ?, ?, ?, 'PROCESSING', ?, ?)
                """, job.id(), sandbox, content.word(), source.word(), job.createdAt(), job.createdAt()));
        return job;
    }

    /** Extends the leases of running jobs. */
    void keepAlive(Collection<UUID> jobs) {
        database.run(connection -> Sql.update(
                connection,
                "update import_job set alive_at = clock_timestamp() where id = any (?) and status = 'PROCESSING'",
                (Object) Sql.ids(jobs)));
    }

    /**
     * Records the progress of a job, in the transaction that writes the chunk.
     *
     * @throws SQLException when the job was considered abandoned
     */
    void progress(Connection connection, UUID id, ImportTally tally) throws SQLException {
        int recorded = Sql.update(
                connection,
                """
                update import_job
                set bytes_read = ?, lines_read = ?, created = ?, updated = ?, unchanged = ?, failed = ?,
                    errors = ?::jsonb, warnings = ?::jsonb, updated_at = ?, alive_at = clock_timestamp()
                where id = ? and status = 'PROCESSING'
                """,
                tally.bytes(),
                tally.lines(),
                tally.created(),
                tally.updated(),
                tally.unchanged(),
                tally.failed(),
                LineError.json(tally.errors()).toString(),
                LineError.json(tally.warnings()).toString(),
                now(),
                id);
        requireInProgress(recorded, id);
    }

    private static void requireInProgress(int changed, UUID id) throws SQLException {
        if (changed == 0) {
            throw new SQLException("The import " + id + " was treated as abandoned.");
        }
    }

    /**
     * Ends a job whose lines were all processed, and publishes its data in the same transaction.
     *
     * @param tally the progress recorded last
     * @return the job as it is stored. It is not read again, because another import that ends may have removed it.
     */
    ImportJob succeed(RunningImport job, ImportTally tally) {
        Instant now = now();
        database.run(connection -> requireInProgress(
                end(connection, job.id(), job.sandbox(), Status.SUCCEEDED, Optional.empty(), now), job.id()));
        return new ImportJob(job, tally, now);
    }

    /** Ends a job that stopped early, unless it has ended. */
    void fail(RunningImport job, String reason) {
        database.run(connection -> end(connection, job.id(), job.sandbox(), Status.FAILED, Optional.of(reason), now()));
    }

    /** Returns the number of jobs that this call ended: 0 if the job had ended before. */
    private int end(Connection connection, UUID id, int sandbox, Status status, Optional<String> reason, Instant now)
            throws SQLException {
        int ended = Sql.update(
                connection,
                "update import_job set status = ?, reason = ?, updated_at = ? where id = ? and status = 'PROCESSING'",
                status.name(),
                reason,
                now,
                id);
        StoreTransaction.publish(connection, sandbox);
        removeOldest(connection, sandbox, id);
        return ended;
    }

    /** Imports of samples are kept, because their success records that the samples are stored. */
    private void removeOldest(Connection connection, int sandbox, UUID ended) throws SQLException {
        Sql.update(connection, """
                delete from import_job
                where sandbox_id = ? and source = 'api' and status <> 'PROCESSING' and id <> ? and created_at < (
                    select created_at from import_job where sandbox_id = ? order by created_at desc offset ? limit 1)
                """, sandbox, ended, sandbox, settings.keptJobs() - 1);
    }

    /** A job whose process has ended or lost the database. */
    record Abandoned(UUID id, int sandbox, long lines) {}

    /** Fails the abandoned jobs of all sandboxes. */
    List<Abandoned> failAbandoned() {
        return database.transaction(connection -> {
            // Locked jobs are skipped, so that two replicas do not fail the same job.
            List<Abandoned> abandoned = Sql.list(
                    connection,
                    """
                    select id, sandbox_id, lines_read from import_job
                    where status = 'PROCESSING' and alive_at < clock_timestamp() - make_interval(secs => ?)
                    for update skip locked
                    """,
                    row -> new Abandoned(row.getObject(1, UUID.class), row.getInt(2), row.getLong(3)),
                    LEASE.toSeconds());
            for (Abandoned job : abandoned) {
                end(
                        connection,
                        job.id(),
                        job.sandbox(),
                        Status.FAILED,
                        Optional.of("The server stopped during the import. The lines counted here are stored;"
                                + " send the file again to import the rest."),
                        now());
            }
            return abandoned;
        });
    }

    /** The current time in the precision of the database. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
