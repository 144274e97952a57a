package dev.pequel.segmentation.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates the segment jobs of schedules. They do not count towards the limit of an organization's requested jobs. */
@ApplicationScoped
public class ScheduledSegmentJobs {

    private final SegmentJobQueue queue;
    private final SegmentJobRunner runner;

    ScheduledSegmentJobs(SegmentJobQueue queue, SegmentJobRunner runner) {
        this.queue = queue;
        this.runner = runner;
    }

    /**
     * Creates a job in the transaction of a connection that sees the sandbox's rows. A job for all audiences is only
     * created if the sandbox has members: a sandbox exists from a client's first request on, and in most of them
     * nothing is ever evaluated.
     *
     * @param schedule the schedule's id
     * @param time the time in the schedule; a schedule has at most one job for each time
     * @param audiences the audiences to evaluate; those that do not exist when the job begins are skipped; empty for
     *     all
     * @return the job's id; empty when no job was created
     */
    public Optional<UUID> create(
            Connection connection, int sandbox, UUID schedule, Instant time, Optional<List<UUID>> audiences)
            throws SQLException {
        return audiences.isPresent() || queue.hasMembers(connection, sandbox)
                ? queue.createScheduled(connection, sandbox, schedule, time, audiences)
                : Optional.empty();
    }

    /** Makes the runner look for new jobs. To be called after the commit. Returns at once. */
    public void wake() {
        runner.wake();
    }
}
