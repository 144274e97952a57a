package dev.pequel.segmentation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates segment jobs that a schedule asks for. They do not count as jobs that an organization asked for. */
@ApplicationScoped
public class ScheduledSegmentJobs {

    private final SegmentJobQueue queue;
    private final SegmentJobRunner runner;

    ScheduledSegmentJobs(SegmentJobQueue queue, SegmentJobRunner runner) {
        this.queue = queue;
        this.runner = runner;
    }

    /**
     * Creates a job on a connection that sees the sandbox's rows, in its transaction. A job for all audiences is not created in a
     * sandbox without members: sandboxes come into being at a client's first request, and in most nothing is ever evaluated.
     *
     * @param schedule the schedule's id
     * @param time the time in the schedule; a schedule has one job for each
     * @param audiences the audiences to evaluate, as far as they exist when the job begins; empty for all
     * @return the job's id; empty when none was created
     */
    public Optional<UUID> create(
            Connection connection, int sandbox, UUID schedule, Instant time, Optional<List<UUID>> audiences)
            throws SQLException {
        return audiences.isPresent() || queue.hasMembers(connection, sandbox)
                ? queue.createScheduled(connection, sandbox, schedule, time, audiences)
                : Optional.empty();
    }

    /** Begins new jobs now, once their transaction is committed. Returns at once. */
    public void wake() {
        runner.wake();
    }
}
