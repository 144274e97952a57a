package dev.pequel.segmentation.job;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.JobStatus;
import dev.pequel.database.SandboxScope;
import dev.pequel.problem.RequestFailure;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.RoundRobin;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.evaluation.Evaluations;
import dev.pequel.segmentation.evaluation.Evaluations.Run;
import dev.pequel.segmentation.job.SegmentJobQueue.QueuedJob;
import dev.pequel.segmentation.store.StoredMetrics;
import dev.pequel.shutdown.GracePeriod;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Runs segment jobs, those of a sandbox in the order of their creation. Organizations are served in turn, and so are
 * the sandboxes of each: after each job, and after each second of an evaluation, waiting ones go first.
 *
 * <p>The worker of a sandbox holds an advisory lock on the connection that also writes the result. No other replica can
 * then run a job of the sandbox, and a replica that lost its connection cannot write. PostgreSQL releases the lock when
 * the process is gone. A job in progress whose lock is free was abandoned, and is begun again.
 */
@ApplicationScoped
class SegmentJobRunner {

    private static final Logger LOG = Logger.getLogger(SegmentJobRunner.class);

    /** Time that a job evaluates before waiting jobs go first. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private final SegmentJobQueue jobs;
    private final SegmentDefinitions definitions;
    private final Evaluations evaluations;
    private final SegmentJobMeters meters;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final Database database;
    private final SegmentationSettings settings;
    private final Clock clock;
    private final Set<Integer> atWork = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("segment-jobs").daemon().unstarted(task));
    private final ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("segment-job-progress").daemon().unstarted(task));
    private final ExecutorService workers;
    private final RoundRobin<String> turns;
    private final GracePeriod gracePeriod;
    private volatile Instant lastLook;
    private volatile Optional<Map<JobStatus, Long>> unfinished = Optional.empty();

    SegmentJobRunner(
            SegmentJobQueue jobs,
            SegmentDefinitions definitions,
            Evaluations evaluations,
            SegmentJobMeters meters,
            Sandboxes sandboxes,
            SandboxScope rows,
            Database database,
            SegmentationSettings settings,
            Clock clock,
            GracePeriod gracePeriod) {
        this.jobs = jobs;
        this.definitions = definitions;
        this.evaluations = evaluations;
        this.meters = meters;
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.gracePeriod = gracePeriod;
        this.lastLook = clock.instant();
        this.workers = Executors.newCachedThreadPool(
                task -> Thread.ofPlatform().name("segment-job").daemon().unstarted(task));
        int running = settings.runningJobs();
        int begun = Math.max(running, settings.begunJobs());
        this.turns = new RoundRobin<>(
                this::unlessStopping,
                new RoundRobin.Limits(running, running),
                new RoundRobin.Limits(begun, Math.max(running, begun / 4)));
    }

    void start(@Observes StartupEvent started) {
        long interval = settings.jobPoll().toMillis();
        // The delay lets the first requests go first.
        poll.scheduleWithFixedDelay(this::look, Math.min(interval, 1_000), interval, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until running jobs, which stop when the grace period begins, have been returned to the queue, from which
     * any replica takes them.
     */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        Duration patience = gracePeriod.left();
        poll.shutdownNow();
        progress.shutdownNow();
        workers.shutdownNow();
        if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Segment jobs did not stop within the grace period. They will be restarted.");
        }
    }

    /** Looks for a new job. Returns at once. */
    void wake() {
        if (!gracePeriod.hasBegun()) {
            poll.execute(this::look);
        }
    }

    /** When this replica last looked for jobs, whether or not the database answered. */
    Instant lastLook() {
        return lastLook;
    }

    /** Number of unfinished jobs of all replicas at the last look, by status; empty if the database did not answer. */
    Optional<Map<JobStatus, Long>> unfinished() {
        return unfinished;
    }

    private void look() {
        lastLook = clock.instant();
        try {
            Map<JobStatus, Long> counts = rows.ofAllSandboxes(jobs::unfinished);
            unfinished = Optional.of(counts);
            meters.unfinished(counts);
            for (int number : rows.ofAllSandboxes(jobs::sandboxesWithWork)) {
                sandboxes.find(number).ifPresent(this::workOn);
            }
        } catch (RuntimeException e) {
            // An exception that is not caught would cancel all later looks.
            unfinished = Optional.empty();
            LOG.logf(
                    DatabaseException.levelOf(e, Level.DEBUG),
                    e,
                    "The search for segment jobs failed. It will be repeated.");
        }
    }

    private void workOn(Sandbox sandbox) {
        if (!gracePeriod.hasBegun() && atWork.add(sandbox.id())) {
            // Turns are per organization, because a client can name as many sandboxes as it likes.
            turns.execute(
                    sandbox.tenant().organization(), turn -> rows.ofSandbox(sandbox.id(), () -> work(sandbox, turn)));
        }
    }

    private void unlessStopping(Runnable task) {
        if (!gracePeriod.hasBegun()) {
            workers.execute(task);
        }
    }

    private void work(Sandbox sandbox, RoundRobin<String>.Turn turn) {
        boolean worked = false;
        try {
            worked = database.<Boolean, RuntimeException>call(connection -> workAlone(connection, sandbox, turn));
        } catch (RuntimeException e) {
            LOG.logf(
                    DatabaseException.levelOf(e, Level.WARN),
                    e,
                    "The segment jobs of sandbox %d could not be run. They will be retried.",
                    sandbox.id());
        } finally {
            atWork.remove(sandbox.id());
        }
        if (worked) {
            // The sandbox's next job is queued behind the sandboxes that wait.
            wake();
        }
    }

    /** Runs the sandbox's oldest job. False if there is none, or if another replica runs it. */
    private boolean workAlone(Connection connection, Sandbox sandbox, RoundRobin<String>.Turn turn)
            throws SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.tryTake(connection, lockKey(sandbox.id()));
        if (lock.isEmpty()) {
            return false;
        }
        try (AdvisoryLock held = lock.get()) {
            Optional<QueuedJob> job = jobs.next(connection, sandbox.id());
            if (job.isEmpty() || gracePeriod.hasBegun()) {
                return false;
            }
            attempt(connection, sandbox, job.get(), turn);
            return true;
        }
    }

    /** The key of the advisory lock that the worker of a sandbox holds. */
    static UUID lockKey(int sandbox) {
        return UUID.nameUUIDFromBytes(("segment jobs " + sandbox).getBytes(StandardCharsets.UTF_8));
    }

    @WithSpan("segment job")
    void attempt(Connection connection, Sandbox sandbox, QueuedJob job, RoundRobin<String>.Turn turn)
            throws SQLException {
        if (job.attempts() >= settings.jobAttempts()) {
            jobs.fail(
                    job.id(),
                    "It was started " + job.attempts()
                            + " times and never completed, because the server stopped or lost its"
                            + " database. No membership was changed.");
            return;
        }
        if (!jobs.begin(connection, job.id())) {
            return;
        }
        Instant start = clock.instant();
        Watch watch = new Watch(sandbox.id(), job.id(), turn, start);
        try {
            JobStatus status = run(connection, sandbox, job, watch);
            Duration time = Duration.between(start, clock.instant());
            meters.ended(status, time);
            LOG.infof("Segment job %s ended after %d ms.", job.id(), time.toMillis());
        } catch (CancellationException e) {
            if (gracePeriod.hasBegun()) {
                jobs.giveBack(connection, job.id());
                LOG.infof("Segment job %s was returned to the queue, because the service is stopping.", job.id());
            } else if (!watch.cancelled && watch.isOver()) {
                LOG.warnf("Segment job %s exceeded its maximum running time of %s.", job.id(), settings.jobTimeout());
                meters.ended(JobStatus.FAILED, Duration.between(start, clock.instant()));
                jobs.fail(
                        job.id(),
                        "It took longer than " + settings.jobTimeout().toSeconds()
                                + " seconds and was stopped. No membership was changed.");
            } else {
                meters.ended(JobStatus.CANCELLED, Duration.between(start, clock.instant()));
                LOG.infof("Segment job %s was cancelled.", job.id());
            }
        } catch (RequestFailure e) {
            LOG.warnf("Segment job %s failed: %s", job.id(), e.getMessage());
            meters.ended(JobStatus.FAILED, Duration.between(start, clock.instant()));
            jobs.fail(job.id(), e.getMessage() + " No membership was changed.");
        } catch (RuntimeException e) {
            if (DatabaseException.isCauseOf(e)) {
                throw e;
            }
            // The message is only logged, because it may disclose internals.
            LOG.errorf(e, "Segment job %s failed.", job.id());
            meters.ended(JobStatus.FAILED, Duration.between(start, clock.instant()));
            jobs.fail(
                    job.id(), "It failed for an unexpected reason; see the service's log. No membership was changed.");
        } finally {
            watch.close();
        }
    }

    private JobStatus run(Connection connection, Sandbox sandbox, QueuedJob job, Watch watch) throws SQLException {
        List<SegmentDefinition> wanted = job.requested()
                .map(ids -> definitions.some(sandbox.tenant(), ids))
                .orElseGet(() -> definitions.all(sandbox.tenant()).stream()
                        .filter(SegmentDefinition::isEvaluated)
                        .toList());
        Collection<SegmentDefinition> all = evaluations.closure(sandbox, wanted).values();
        jobs.segments(connection, job.id(), SegmentJobJson.segments(all));
        Run run = evaluations.run(sandbox, job.id(), all, watch);
        Instant evaluatedAt = clock.instant();
        watch.close();
        // Members, metrics and the job's status become visible at once.
        return Database.<JobStatus, RuntimeException>transaction(connection, same -> {
            if (!jobs.hold(same, job.id())) {
                throw new CancellationException("The job was cancelled.");
            }
            List<StoredMetrics> counted = evaluations.establish(same, run, watch);
            long failed =
                    counted.stream().filter(one -> one.failure().isPresent()).count();
            JobStatus status = failed == 0 ? JobStatus.SUCCEEDED : JobStatus.FAILED;
            jobs.end(
                    same,
                    job.id(),
                    status,
                    failed == 0
                            ? Optional.empty()
                            : Optional.of(failed + " of " + counted.size()
                                    + " audiences could not be evaluated; all others are up to date."),
                    SegmentJobJson.metrics(counted, all, run.snapshot().size()),
                    SegmentJobJson.errors(counted),
                    evaluatedAt);
            return status;
        });
    }

    /** Records the progress of a job, notices cancellation and timeout, and lets other jobs have their turn. */
    private final class Watch implements Progress, AutoCloseable {
        private final UUID job;
        private final RoundRobin<String>.Turn turn;
        /** Deadline of the job, extended by its pauses. */
        private volatile Instant end;

        private volatile Instant endOfTurn;
        private final AtomicLong evaluated = new AtomicLong();
        private volatile long expected;
        private volatile boolean cancelled;
        private final ScheduledFuture<?> beat;

        Watch(int sandbox, UUID job, RoundRobin<String>.Turn turn, Instant start) {
            this.job = job;
            this.turn = turn;
            this.end = start.plus(settings.jobTimeout());
            this.endOfTurn = start.plus(TURN);
            long interval = settings.jobProgress().toMillis();
            beat = progress.scheduleWithFixedDelay(
                    () -> rows.ofSandbox(sandbox, this::write), interval, interval, TimeUnit.MILLISECONDS);
        }

        private void write() {
            try {
                if (!jobs.progress(job, evaluated.get(), expected)) {
                    cancelled = true;
                }
            } catch (RuntimeException e) {
                // An exception that is not caught would end the recording, and a cancellation would not be noticed.
                LOG.logf(
                        DatabaseException.levelOf(e, Level.DEBUG),
                        e,
                        "The progress of segment job %s could not be recorded. It will be recorded later.",
                        job);
            }
        }

        @Override
        public void expect(long values) {
            expected = values;
        }

        @Override
        public void evaluated(long values) {
            evaluated.addAndGet(values);
        }

        @Override
        public boolean isCancelled() {
            return cancelled || gracePeriod.hasBegun() || isOver();
        }

        boolean isOver() {
            return clock.instant().isAfter(end);
        }

        @Override
        public void pause() {
            if (clock.instant().isBefore(endOfTurn)) {
                return;
            }
            // One thread of the evaluation waits for the turn; the others wait for this lock.
            synchronized (turn) {
                Instant begin = clock.instant();
                if (begin.isBefore(endOfTurn)) {
                    return;
                }
                try {
                    turn.pause();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("The server is shutting down.");
                }
                Instant again = clock.instant();
                end = end.plus(Duration.between(begin, again));
                endOfTurn = again.plus(TURN);
            }
        }

        @Override
        public Duration patience() {
            Duration left = Duration.between(clock.instant(), end);
            return left.isNegative() ? Duration.ZERO : left;
        }

        @Override
        public void close() {
            beat.cancel(false);
        }
    }
}
