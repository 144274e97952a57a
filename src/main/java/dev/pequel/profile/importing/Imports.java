package dev.pequel.profile.importing;

import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.problem.RequestFailure;
import dev.pequel.profile.ProfilesChanged;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.ImportJob.Source;
import dev.pequel.profile.importing.ImportJob.Status;
import dev.pequel.profile.importing.line.BrokenStream;
import dev.pequel.profile.importing.line.DocumentReader;
import dev.pequel.profile.importing.line.Line;
import dev.pequel.profile.importing.line.LineReader;
import dev.pequel.profile.importing.line.LineSource;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Imports streams of lines. One chunk is read and checked while the previous one is written, so memory does not depend
 * on the length of the stream. A database connection is taken for each chunk, so that a slow client holds none.
 */
@ApplicationScoped
public class Imports {

    private static final Logger LOG = Logger.getLogger(Imports.class);
    /** Number of lines from which on an import updates the planner's statistics at its end. */
    private static final int ANALYZED_LINES = 10_000;

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(5);

    private final Database database;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final ImportJobRepository jobs;
    private final ImportJobWriter writer;
    private final RunningImports running;
    private final AttributeLimit attributes;
    private final ImportSettings settings;
    private final Clock clock;
    private final ImportMeters meters;
    private final Event<ProfilesChanged> changes;

    Imports(
            Database database,
            Sandboxes sandboxes,
            SandboxScope rows,
            ImportJobRepository jobs,
            ImportJobWriter writer,
            RunningImports running,
            AttributeLimit attributes,
            ImportSettings settings,
            Clock clock,
            ImportMeters meters,
            Event<ProfilesChanged> changes) {
        this.database = database;
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.jobs = jobs;
        this.writer = writer;
        this.running = running;
        this.attributes = attributes;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.changes = changes;
    }

    /**
     * Imports NDJSON to its end.
     *
     * @return the job, which has ended; lines with errors are listed there and do not stop the import
     * @throws BrokenStream when the stream cannot be read to its end; chunks that were written stay, and the job fails
     * @throws DatabaseException when the database cannot be reached; the job fails now, or when the database can be
     *     reached again
     */
    public ImportJob run(Tenant tenant, Content content, InputStream lines) throws BrokenStream {
        return run(
                tenant,
                content,
                Source.API,
                new LineReader(lines, Math.toIntExact(settings.maxLineBytes().asLongValue())));
    }

    /** Imports the documents of a sample population. */
    public ImportJob runSample(Tenant tenant, Content content, Iterator<byte[]> documents) {
        try {
            return rows.ofSandbox(
                    sandboxes.of(tenant).id(), () -> run(tenant, content, Source.SAMPLE, LineSource.of(documents)));
        } catch (BrokenStream e) {
            throw new IllegalStateException("There is no stream that could fail.", e);
        }
    }

    /** Whether an import of a sample population has ever succeeded. */
    public boolean hasSample(Tenant tenant, Content content) {
        int sandbox = sandboxes.of(tenant).id();
        return rows.ofSandbox(sandbox, () -> jobs.succeeded(content, Source.SAMPLE));
    }

    private ImportJob run(Tenant tenant, Content content, Source source, LineSource lines) throws BrokenStream {
        return switch (content) {
            case PROFILES ->
                run(
                        tenant,
                        content,
                        source,
                        lines,
                        attributes.begin(tenant, DocumentReader::profile),
                        new ProfileBatch());
            case EVENTS ->
                run(tenant, content, source, lines, attributes.begin(tenant, DocumentReader::event), new EventBatch());
        };
    }

    private <L extends Line> ImportJob run(
            Tenant tenant,
            Content content,
            Source source,
            LineSource lines,
            AttributeLimit.OfImport<L> limit,
            ImportBatch<L> batch)
            throws BrokenStream {
        return run(tenant, content, source, lines, limit.parser(), limit.limiting(batch));
    }

    private <L extends Line> ImportJob run(
            Tenant tenant,
            Content content,
            Source source,
            LineSource lines,
            ImportChunk.Parser<L> parser,
            ImportBatch<L> batch)
            throws BrokenStream {
        int sandbox = sandboxes.of(tenant).id();
        RunningImport job = writer.begin(sandbox, content, source);
        ImportChunkWriter<L> pieces =
                new ImportChunkWriter<>(database, job, writer, batch, settings.reportedErrors(), clock);
        running.add(job);
        try {
            ImportTally tally = write(lines, parser, pieces, job);
            if (lines.lines() >= ANALYZED_LINES) {
                // Autovacuum would analyze later, but a snapshot is read next.
                database.call(
                        connection -> Sql.update(connection, "analyze profile, profile_identity, experience_event"));
            }
            ImportJob ended = writer.succeed(job, tally);
            recordEnd(job, Status.SUCCEEDED);
            return ended;
        } catch (IOException e) {
            fail(job, e);
            throw new BrokenStream(job.id(), e);
        } catch (RuntimeException e) {
            fail(job, e);
            throw e;
        } finally {
            running.remove(job);
            changes.fireAsync(new ProfilesChanged(sandbox));
        }
    }

    /** Reads each chunk while the previous one is written. */
    private <L extends Line> ImportTally write(
            LineSource lines, ImportChunk.Parser<L> parser, ImportChunkWriter<L> pieces, RunningImport job)
            throws IOException {
        Instant lastLog = clock.instant();
        ImportTally last = ImportTally.NOTHING;
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            Optional<ImportChunk<L>> piece = ImportChunk.read(lines, parser, settings);
            while (piece.isPresent()) {
                ImportChunk<L> current = piece.get();
                Future<ImportTally> written = worker.submit(rows.sameFor(() -> pieces.write(current)));
                piece = ImportChunk.read(lines, parser, settings);
                ImportTally tally = result(written);
                meters.written(job.content(), tally, last);
                last = tally;
                if (Duration.between(lastLog, clock.instant()).compareTo(LOG_INTERVAL) >= 0) {
                    lastLog = clock.instant();
                    log(job, tally.lines());
                }
            }
        }
        log(job, lines.lines());
        return last;
    }

    private void log(RunningImport job, long lines) {
        Duration time = Duration.between(job.createdAt(), clock.instant());
        LOG.infof(
                "Imported %,d lines of %s in %.1f s (%,d per second).",
                lines, job.content().word(), time.toMillis() / 1000.0, lines * 1000 / Math.max(time.toMillis(), 1));
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server is shutting down.", e);
        }
    }

    private void recordEnd(RunningImport job, Status status) {
        meters.ended(job.content(), status, Duration.between(job.createdAt(), clock.instant()));
    }

    private void fail(RunningImport job, Exception cause) {
        try {
            writer.fail(job, reason(cause) + " The lines counted here are stored.");
            LOG.warnf("Import %s failed: %s", job.id(), cause.getMessage());
            recordEnd(job, Status.FAILED);
        } catch (DatabaseException e) {
            LOG.warnf("Import %s failed. This will be recorded when the database is available again.", job.id());
            cause.addSuppressed(e);
        }
    }

    /**
     * The reason for the client. Messages of the database and of the virtual machine may contain file names of the
     * server.
     */
    private static String reason(Exception cause) {
        if (DatabaseException.isCauseOf(cause)) {
            return "The database failed during the import.";
        }
        return switch (cause) {
            case RequestFailure refused -> refused.getMessage();
            case IOException broken -> BrokenStream.reason(broken) + ".";
            default ->
                cause.getCause() instanceof InterruptedException
                        ? "The server stopped during the import."
                        : "It failed for an unexpected reason; see the service's log.";
        };
    }
}
