package dev.pequel.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.JobStatus;
import dev.pequel.database.SandboxScope;
import dev.pequel.export.ExportJobQueue.QueuedJob;
import dev.pequel.export.ExportRequest.AudienceChoice;
import dev.pequel.export.MeasuredOutput.Budget;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.problem.RequestFailure;
import dev.pequel.profile.store.StoredProfiles;
import dev.pequel.segmentation.RoundRobin;
import dev.pequel.segmentation.membership.AudienceMembers;
import dev.pequel.segmentation.membership.AudienceMembers.OfAudience;
import dev.pequel.shutdown.GracePeriod;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Runs export jobs, those of a sandbox in the order of their creation; organizations are served in turn. It also
 * removes the files of jobs that failed, were cancelled or were deleted.
 *
 * <p>The worker of a sandbox holds an advisory lock on the connection that also reads profiles and records the result.
 * PostgreSQL releases the lock when the process is gone. A job in progress whose lock is free was abandoned, and is
 * begun again.
 */
@ApplicationScoped
class ExportJobRunner {

    private static final Logger LOG = Logger.getLogger(ExportJobRunner.class);

    /** Number of profiles that are read in one transaction. */
    private static final int CHUNK = 1_000;

    private static final String UNEXPECTED = "unexpected";
    private static final String NO_FILES = " There are no files.";

    private final ExportJobQueue jobs;
    private final ExportFiles files;
    private final AudienceMembers members;
    private final StoredProfiles profiles;
    private final ExportMeters meters;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final Database database;
    private final ObjectMapper json;
    private final ExportSettings settings;
    private final Clock clock;
    private final GracePeriod gracePeriod;
    private final Set<Integer> atWork = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("export-jobs").daemon().unstarted(task));
    private final ExecutorService workers = Executors.newCachedThreadPool(
            task -> Thread.ofPlatform().name("export-job").daemon().unstarted(task));
    private final RoundRobin<String> turns;

    ExportJobRunner(
            ExportJobQueue jobs,
            ExportFiles files,
            AudienceMembers members,
            StoredProfiles profiles,
            ExportMeters meters,
            Sandboxes sandboxes,
            SandboxScope rows,
            Database database,
            ObjectMapper json,
            ExportSettings settings,
            Clock clock,
            GracePeriod gracePeriod) {
        this.jobs = jobs;
        this.files = files;
        this.members = members;
        this.profiles = profiles;
        this.meters = meters;
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.database = database;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.gracePeriod = gracePeriod;
        int running = settings.running();
        this.turns = new RoundRobin<>(this::unlessStopping, running, Math.max(1, running - 1));
    }

    void start(@Observes StartupEvent started) {
        if (files.isConfigured()) {
            long interval = settings.jobPoll().toMillis();
            // The delay lets the first requests go first.
            poll.scheduleWithFixedDelay(this::look, Math.min(interval, 1_000), interval, TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until running jobs, which stop when the grace period begins, have been returned to the queue. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        Duration patience = gracePeriod.left();
        poll.shutdownNow();
        workers.shutdownNow();
        if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Export jobs did not stop within the grace period. They will be restarted.");
        }
    }

    /** Looks for work. Returns at once. */
    void wake() {
        if (files.isConfigured() && !gracePeriod.hasBegun()) {
            poll.execute(this::look);
        }
    }

    private void look() {
        try {
            for (int number : rows.ofAllSandboxes(jobs::sandboxesWithWork)) {
                sandboxes.find(number).ifPresent(this::workOn);
            }
        } catch (RuntimeException e) {
            // An exception that is not caught would cancel all later looks.
            LOG.logf(
                    DatabaseException.levelOf(e, Level.DEBUG),
                    e,
                    "The search for export jobs failed. It will be repeated.");
        }
    }

    private void workOn(Sandbox sandbox) {
        if (!gracePeriod.hasBegun() && atWork.add(sandbox.id())) {
            // Turns are per organization, because a client can name as many sandboxes as it likes.
            turns.execute(sandbox.tenant().organization(), () -> rows.ofSandbox(sandbox.id(), () -> work(sandbox)));
        }
    }

    private void unlessStopping(Runnable task) {
        if (!gracePeriod.hasBegun()) {
            workers.execute(task);
        }
    }

    private void work(Sandbox sandbox) {
        boolean worked = false;
        try {
            worked = database.<Boolean, RuntimeException>call(connection -> workAlone(connection, sandbox));
        } catch (RuntimeException e) {
            LOG.logf(
                    DatabaseException.levelOf(e, Level.WARN),
                    e,
                    "The export jobs of sandbox %d could not be run. They will be retried.",
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
    private boolean workAlone(Connection connection, Sandbox sandbox) throws SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.tryTake(connection, lockKey(sandbox.id()));
        if (lock.isEmpty()) {
            return false;
        }
        try (AdvisoryLock held = lock.get()) {
            for (QueuedJob ended : jobs.toClean(connection, sandbox.id())) {
                clean(connection, sandbox, ended);
            }
            Optional<QueuedJob> job = jobs.next(connection, sandbox.id());
            if (job.isEmpty() || gracePeriod.hasBegun()) {
                return false;
            }
            attempt(connection, sandbox, job.get());
            return true;
        }
    }

    /** The key of the advisory lock that the worker of a sandbox holds. */
    static UUID lockKey(int sandbox) {
        return UUID.nameUUIDFromBytes(("export jobs " + sandbox).getBytes(StandardCharsets.UTF_8));
    }

    /** Removes the files of a job. False if that failed and has to be tried again later. */
    private boolean clean(Connection connection, Sandbox sandbox, QueuedJob job) throws SQLException {
        try {
            files.remove(job.places(sandbox.tenant()));
        } catch (IOException e) {
            LOG.warnf(e, "The files of export job %s could not be removed. Removal will be retried.", job.id());
            return false;
        }
        jobs.cleaned(connection, job);
        return true;
    }

    @WithSpan("export job")
    void attempt(Connection connection, Sandbox sandbox, QueuedJob job) throws SQLException {
        if (job.attempts() >= settings.jobAttempts()) {
            jobs.fail(
                    connection,
                    job.id(),
                    "abandoned",
                    "It was started " + job.attempts()
                            + " times and never completed, because the server stopped or lost its database."
                            + NO_FILES);
            clean(connection, sandbox, job);
            return;
        }
        if (!jobs.begin(connection, job.id())) {
            return;
        }
        Run run = new Run(connection, sandbox, job, clock.instant());
        try {
            run.write();
            ended(job, run, JobStatus.SUCCEEDED);
            return;
        } catch (CancellationException | IOException | RequestFailure e) {
            stopped(connection, job, run, e);
        } catch (RuntimeException e) {
            if (DatabaseException.isCauseOf(e)) {
                throw e;
            }
            // The message is only logged, because it may disclose internals.
            LOG.errorf(e, "Export job %s failed.", job.id());
            fail(connection, job, run, UNEXPECTED, "It failed for an unexpected reason; see the service's log.");
        }
        clean(connection, sandbox, job);
    }

    private void stopped(Connection connection, QueuedJob job, Run run, Exception cause) throws SQLException {
        Throwable reason = cause instanceof WriteFailure ? cause.getCause() : cause;
        if (gracePeriod.hasBegun()) {
            // Whatever the cause: writing a file fails as well when the thread is interrupted.
            jobs.giveBack(connection, job.id());
            LOG.infof("Export job %s was returned to the queue, because the service is stopping.", job.id());
        } else if (reason instanceof RequestFailure) {
            fail(connection, job, run, "refused", reason.getMessage());
        } else if (reason instanceof TooLarge) {
            fail(
                    connection,
                    job,
                    run,
                    "too-large",
                    "The files have more than the " + settings.jobBytes().asLongValue() + " bytes that are allowed.");
        } else if (reason instanceof IOException) {
            LOG.errorf(reason, "The files of export job %s could not be written.", job.id());
            fail(connection, job, run, "write-failed", "The files cannot be written; see the service's log.");
        } else if (!run.cancelled) {
            fail(
                    connection,
                    job,
                    run,
                    "took-too-long",
                    "It took longer than " + settings.jobTimeout().toSeconds() + " seconds and was stopped.");
        } else {
            ended(job, run, JobStatus.CANCELLED);
        }
    }

    private void fail(Connection connection, QueuedJob job, Run run, String code, String message) throws SQLException {
        jobs.fail(connection, job.id(), code, message + NO_FILES);
        ended(job, run, JobStatus.FAILED);
    }

    private void ended(QueuedJob job, Run run, JobStatus status) {
        Duration time = Duration.between(run.start, clock.instant());
        meters.ended(status, time);
        LOG.infof("Export job %s ended after %d ms: %s.", job.id(), time.toMillis(), status);
    }

    /** One attempt at a job. */
    private final class Run {
        private final Connection connection;
        private final Sandbox sandbox;
        private final Tenant tenant;
        private final QueuedJob job;
        private final ExportRequest request;
        private final Instant start;
        private final Deadline deadline;
        private Instant nextRecord;
        private long expected;
        private long read;
        private long profilesWritten;
        private long eventsWritten;
        private boolean cancelled;

        Run(Connection connection, Sandbox sandbox, QueuedJob job, Instant start) {
            this.connection = connection;
            this.sandbox = sandbox;
            this.tenant = sandbox.tenant();
            this.job = job;
            this.request = job.request();
            this.start = start;
            this.deadline = Deadline.in(clock, settings.jobTimeout(), gracePeriod::hasBegun);
            this.nextRecord = start;
        }

        /** The profiles of a batch, with the audiences that select them. */
        private record Content(ExportBatch batch, List<OfAudience> audiences, RoaringBitmap ordinals) {}

        void write() throws SQLException, IOException {
            // Removes files of an attempt whose process was killed.
            files.remove(job.places(tenant));
            List<Content> contents = contents();
            expected = contents.stream()
                    .mapToLong(content -> content.ordinals().getLongCardinality())
                    .sum();
            Budget budget = new Budget(settings.jobBytes().asLongValue());
            List<ExportedFile> written = new ArrayList<>();
            for (Content content : contents) {
                written.addAll(write(content, budget));
            }
            record();
            for (ExportBatch batch : job.batches()) {
                files.publish(job.place(tenant, batch));
            }
            if (!jobs.succeed(connection, job.id(), profilesWritten, eventsWritten, written)) {
                throw cancelled();
            }
        }

        /** The contents of all batches, from the same state of the audiences. */
        private List<Content> contents() throws SQLException {
            Map<UUID, OfAudience> audiences = new LinkedHashMap<>();
            List<UUID> ids =
                    request.audiences().stream().map(AudienceChoice::id).toList();
            if (!ids.isEmpty()) {
                members.read(tenant, ids, deadline).forEach(audience -> audiences.put(audience.audience(), audience));
            }
            List<Content> contents = new ArrayList<>();
            for (ExportBatch batch : job.batches()) {
                contents.add(new Content(
                        batch,
                        batch.audiences().stream()
                                .map(choice -> audiences.get(choice.id()))
                                .toList(),
                        batch.audiences().isEmpty() ? everyProfile() : chosen(batch, audiences)));
            }
            return contents;
        }

        private RoaringBitmap everyProfile() throws SQLException {
            return RoaringBitmap.bitmapOfRange(0L, profiles.ordinals(connection, sandbox.id()));
        }

        private RoaringBitmap chosen(ExportBatch batch, Map<UUID, OfAudience> audiences) {
            RoaringBitmap chosen = new RoaringBitmap();
            for (AudienceChoice choice : batch.audiences()) {
                OfAudience audience = audiences.get(choice.id());
                if (audience.qualifiedAt().filter(this::isInTime).isPresent()) {
                    if (choice.statuses().stream().anyMatch(MembershipStatus.OF_MEMBERS::contains)) {
                        chosen.or(audience.members());
                    }
                    if (choice.statuses().contains(MembershipStatus.EXITED)) {
                        chosen.or(audience.exited());
                    }
                }
            }
            return chosen;
        }

        private boolean isInTime(Instant qualifiedAt) {
            return request.qualifiedFrom().filter(qualifiedAt::isBefore).isEmpty()
                    && request.qualifiedBefore().stream().allMatch(qualifiedAt::isBefore);
        }

        private List<ExportedFile> write(Content content, Budget budget) throws SQLException, IOException {
            try (BatchWriter writer = new BatchWriter(files, job.place(tenant, content.batch()), budget, json)) {
                BatchWriter.Part profilePart = writer.profiles(request.format(), request.fields());
                Optional<BatchWriter.Part> eventPart =
                        request.eventFields().isPresent() ? Optional.of(writer.events()) : Optional.empty();
                int[] chunk = new int[CHUNK];
                PeekableIntIterator ordinals = content.ordinals().getIntIterator();
                while (ordinals.hasNext()) {
                    record();
                    int size = 0;
                    while (size < chunk.length && ordinals.hasNext()) {
                        chunk[size++] = ordinals.next();
                    }
                    int[] some = Arrays.copyOf(chunk, size);
                    Database.transaction(connection, same -> {
                        int[] existing = writeProfiles(same, some, content, profilePart);
                        if (eventPart.isPresent()) {
                            writeEvents(same, existing, eventPart.get());
                        }
                        return existing;
                    });
                    read += size;
                }
                return writer.end(manifest(content));
            }
        }

        /** Returns the ordinals of the profiles that were written. */
        private int[] writeProfiles(Connection same, int[] ordinals, Content content, BatchWriter.Part part)
                throws SQLException {
            List<Integer> existing = new ArrayList<>();
            profiles.profiles(same, sandbox.id(), ordinals, request.changedAfter(), profile -> {
                requireTime();
                ObjectNode memberships = AudienceMembers.membershipsOf(profile.ordinal(), content.audiences());
                part.add(to -> profiles.write(profile, memberships, request.fields(), to));
                existing.add(profile.ordinal());
            });
            profilesWritten += existing.size();
            return existing.stream().mapToInt(Integer::intValue).toArray();
        }

        private void writeEvents(Connection same, int[] ordinals, BatchWriter.Part part) throws SQLException {
            List<String> fields = request.eventFields().orElse(List.of());
            profiles.events(same, sandbox.id(), ordinals, event -> {
                requireTime();
                part.add(to -> profiles.write(event, fields, to));
                eventsWritten++;
            });
        }

        private ObjectNode manifest(Content content) {
            ObjectNode manifest = JsonNodeFactory.instance.objectNode();
            manifest.put("exportJobId", job.number());
            manifest.put("batchId", content.batch().id());
            manifest.put("datasetId", request.datasetId());
            manifest.put("imsOrgId", tenant.organization());
            manifest.put("sandboxName", tenant.sandbox());
            ArrayNode segments = manifest.putArray("segments");
            content.batch().audiences().forEach(audience -> ExportRequest.putInto(segments.addObject(), audience));
            return manifest;
        }

        /** Records the progress if its interval has passed, and notices a cancellation. */
        private void record() throws SQLException {
            requireTime();
            Instant now = clock.instant();
            if (now.isBefore(nextRecord)) {
                return;
            }
            nextRecord = now.plus(settings.jobProgress());
            if (!jobs.progress(connection, job.id(), read, expected)) {
                throw cancelled();
            }
        }

        private void requireTime() {
            if (deadline.isCancelled()) {
                throw new CancellationException("The export took too long, or the server is shutting down.");
            }
        }

        private CancellationException cancelled() {
            cancelled = true;
            return new CancellationException("The export was cancelled.");
        }
    }
}
