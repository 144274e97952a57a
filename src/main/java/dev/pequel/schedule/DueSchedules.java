package dev.pequel.schedule;

import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.job.ScheduledSegmentJobs;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Creates the segment jobs of due schedules. A replica locks a due schedule, creates its job and sets the next run in
 * one transaction; other replicas skip locked schedules. Runs that were missed while no replica was running are
 * replaced by one job, whatever their number.
 */
@ApplicationScoped
public class DueSchedules {

    private static final Logger LOG = Logger.getLogger(DueSchedules.class);

    private final ScheduledSegmentJobs jobs;
    private final SandboxScope rows;
    private final Database database;
    private final Clock clock;

    DueSchedules(ScheduledSegmentJobs jobs, SandboxScope rows, Database database, Clock clock) {
        this.jobs = jobs;
        this.rows = rows;
        this.database = database;
        this.clock = clock;
    }

    private record Due(UUID id, int sandbox, String cron, Optional<List<UUID>> audiences, Instant time) {

        static Due read(ResultSet row) throws SQLException {
            return new Due(
                    row.getObject("id", UUID.class),
                    row.getInt("sandbox_id"),
                    row.getString("cron"),
                    Sql.ids(row, "audiences"),
                    Sql.instant(row, "next_run"));
        }
    }

    /** Looks for due schedules. The delay lets the first requests after the start go first. */
    @Scheduled(
            identity = "due-schedules",
            every = "{pequel.segmentation.schedule-poll}",
            delay = 1,
            delayUnit = TimeUnit.SECONDS,
            concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            createJobs();
        } catch (RuntimeException e) {
            LOG.logf(
                    DatabaseException.levelOf(e, Level.DEBUG),
                    e,
                    "The search for due schedules failed. It will be repeated.");
        }
    }

    /** Creates the jobs of all due schedules. */
    void createJobs() {
        // Each job has its own transaction: two transactions that each create jobs in many sandboxes could deadlock.
        while (rows.ofAllSandboxes(() -> database.transaction(this::createNext))) {
            jobs.wake();
        }
    }

    /** Computes the next runs anew after the clock was set back, where the stored ones would be too late. */
    public void followClock() {
        Instant now = clock.instant();
        rows.ofAllSandboxes(() -> database.transaction(connection -> {
            List<Due> all = Sql.list(
                    connection,
                    "select id, sandbox_id, cron, audiences, next_run from schedule where next_run > ? for update",
                    Due::read,
                    now);
            for (Due schedule : all) {
                Optional<Instant> next = nextRun(schedule, now).filter(time -> time.isBefore(schedule.time()));
                if (next.isPresent()) {
                    Sql.update(connection, "update schedule set next_run = ? where id = ?", next, schedule.id());
                }
            }
            return all;
        }));
    }

    /** Creates the job of the schedule that has been due longest. False if none is due. */
    private boolean createNext(Connection connection) throws SQLException {
        Instant now = clock.instant();
        Optional<Due> found = Sql.first(connection, """
                select id, sandbox_id, cron, audiences, next_run from schedule
                where next_run <= ? order by next_run limit 1 for update skip locked
                """, Due::read, now);
        if (found.isEmpty()) {
            return false;
        }
        Due due = found.get();
        Optional<UUID> job = jobs.create(connection, due.sandbox(), due.id(), due.time(), due.audiences());
        Sql.update(connection, """
                update schedule
                set next_run = ?, last_run = coalesce(?, last_run), last_job_id = coalesce(?, last_job_id)
                where id = ?
                """, nextRun(due, now), job.map(id -> now), job, due.id());
        return true;
    }

    private static Optional<Instant> nextRun(Due due, Instant now) {
        try {
            return CronTimes.of(due.cron()).after(now);
        } catch (CronException unusable) {
            // A schedule that stays due would prevent others from being found.
            LOG.warnf(
                    "Schedule %s does not run again, because its cron expression `%s` %s.",
                    due.id(), due.cron(), unusable.getMessage());
            return Optional.empty();
        }
    }
}
