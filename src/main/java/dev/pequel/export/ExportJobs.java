package dev.pequel.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.database.Database;
import dev.pequel.database.JobStatus;
import dev.pequel.export.ExportFiles.Place;
import dev.pequel.export.ExportRequest.AudienceChoice;
import dev.pequel.http.RequestId;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Creates, lists, cancels and deletes export jobs, and finds their files, for requests. */
@ApplicationScoped
class ExportJobs {

    private static final Logger LOG = Logger.getLogger(ExportJobs.class);

    /** At most 18 digits fit into a {@code long}. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}_([0-9]{1,18})");

    private final ExportJobRepository jobs;
    private final ExportJobRunner runner;
    private final ExportFiles files;
    private final SegmentDefinitions definitions;
    private final Sandboxes sandboxes;
    private final Database database;
    private final ExportSettings settings;
    private final RequestId requestId;
    private final Clock clock;

    ExportJobs(
            ExportJobRepository jobs,
            ExportJobRunner runner,
            ExportFiles files,
            SegmentDefinitions definitions,
            Sandboxes sandboxes,
            Database database,
            ExportSettings settings,
            RequestId requestId,
            Clock clock) {
        this.jobs = jobs;
        this.runner = runner;
        this.files = files;
        this.definitions = definitions;
        this.sandboxes = sandboxes;
        this.database = database;
        this.settings = settings;
        this.requestId = requestId;
        this.clock = clock;
    }

    /**
     * Creates an export job.
     *
     * @param createdBy the caller's name
     * @throws InvalidRequest when the body has another form, or names an audience or a merge policy that the tenant
     *     does not have
     * @throws Conflict when no export directory is configured
     * @throws TooManyRequests when too many jobs are waiting
     */
    ExportJobDocument create(Tenant tenant, String createdBy, JsonNode body) {
        files.requireConfigured();
        ExportRequest request = ExportRequest.read(
                body, new ExportRequest.Limits(settings.audiences(), settings.fields(), settings.fieldsLength()));
        requireKnown(tenant, request);
        Sandbox sandbox = sandboxes.of(tenant);
        ExportJob job = jobs.create(sandbox, requestId.value(), createdBy, request)
                .orElseThrow(() -> new TooManyRequests(
                        "The organization already has " + settings.waitingJobs()
                                + " export jobs waiting; try again when some of them are"
                                + " done.",
                        settings.jobPoll()));
        runner.wake();
        return ExportJobDocument.of(job, sandbox);
    }

    private void requireKnown(Tenant tenant, ExportRequest request) {
        List<Violation> violations = new ArrayList<>();
        Optional<String> ownPolicy = sandboxes
                .find(tenant)
                .map(sandbox -> sandbox.defaultMergePolicyId().toString());
        request.mergePolicyId()
                .filter(id -> ownPolicy.filter(id::equalsIgnoreCase).isEmpty())
                .ifPresent(id ->
                        violations.add(new Violation("mergePolicy.id", "there is no merge policy with the id " + id)));
        List<UUID> ids = request.audiences().stream().map(AudienceChoice::id).toList();
        Set<UUID> known = ids.isEmpty()
                ? Set.of()
                : definitions.some(tenant, ids).stream()
                        .map(SegmentDefinition::id)
                        .collect(Collectors.toSet());
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                violations.add(new Violation(
                        "filter.segments[" + i + "].segmentId", "there is no audience with the id " + ids.get(i)));
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
    }

    /**
     * A page of jobs, the newest first.
     *
     * @param status status of the jobs; empty for any
     * @param offset the offset in the link to the page; empty for the first page
     * @throws InvalidRequest when the offset has another form
     */
    ExportJobList list(Tenant tenant, Optional<JobStatus> status, Optional<String> offset, int limit) {
        long before = offset.map(ExportJobs::number).orElse(Long.MAX_VALUE);
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        // One more job than fits on the page shows whether there is another page.
        List<ExportJob> found = sandbox.map(present -> jobs.newestFirst(status, before, limit + 1))
                .orElse(List.of());
        List<ExportJob> page = found.subList(0, Math.min(limit, found.size()));
        String end = page.isEmpty() ? "" : offset(page.getLast());
        boolean isLast = found.size() == page.size();
        String next = "/export/jobs?limit=" + limit + "&offset=" + end
                + status.map(word -> "&status=" + word).orElse("");
        return new ExportJobList(
                page.stream()
                        .map(job -> ExportJobDocument.of(job, sandbox.orElseThrow()))
                        .toList(),
                new ExportJobList.Position("createdTime", "desc", end, page.size()),
                new ExportJobList.Link(isLast ? "" : next));
    }

    /** The offset of the page after this job: its time of creation and its number. Only the number is read. */
    private static String offset(ExportJob job) {
        return job.createdAt().toEpochMilli() + "_" + job.number();
    }

    private static long number(String offset) {
        Matcher matcher = OFFSET.matcher(offset);
        if (!matcher.matches()) {
            throw new InvalidRequest("offset", "must be the value from `link.next` of another page, but is " + offset);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** @throws NotFound when the tenant has no such job */
    ExportJobDocument get(Tenant tenant, String id) {
        return ExportJobDocument.of(require(tenant, id), sandboxes.of(tenant));
    }

    private ExportJob require(Tenant tenant, String id) {
        sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        return parsed(id).flatMap(jobs::read).orElseThrow(() -> notFound(id));
    }

    private static Optional<Long> parsed(String id) {
        return Optional.of(id).filter(text -> NUMBER.matcher(text).matches()).map(Long::valueOf);
    }

    /**
     * Cancels a job, or deletes a job that has ended, with its files.
     *
     * @return a sentence that says what was done
     * @throws NotFound when the tenant has no such job
     */
    String cancelOrDelete(Tenant tenant, String id) {
        sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        ExportJob job = database.inNewTransaction(() -> {
            ExportJob locked = parsed(id).flatMap(jobs::lock).orElseThrow(() -> notFound(id));
            if (locked.status().isEnd()) {
                locked.remove(clock.instant());
            } else {
                locked.cancel(clock.instant());
            }
            return locked;
        });
        if (job.isRemoved() && job.status() == JobStatus.SUCCEEDED && files.isConfigured()) {
            removeFiles(tenant, job);
        }
        runner.wake();
        return job.isRemoved() ? "The export job has been deleted." : "Export job has been marked for cancelling";
    }

    /**
     * Removes the files at once, because the worker of the sandbox may be busy. The worker removes files that are left,
     * and the row.
     */
    private void removeFiles(Tenant tenant, ExportJob job) {
        try {
            files.remove(ExportFiles.Place.of(tenant, job.id(), job.request()));
        } catch (IOException e) {
            LOG.warnf(e, "The files of export job %s could not be removed. Removal will be retried.", job.id());
        }
    }

    /**
     * Lists the files of a job.
     *
     * @throws NotFound when the tenant has no such job
     * @throws Conflict when the job has not succeeded
     */
    ExportedFileList files(Tenant tenant, String id) {
        return ExportedFileList.of(requireSucceeded(tenant, id));
    }

    /**
     * A file to download.
     *
     * @param path current path of the file
     */
    record Download(ExportedFile file, Path path) {}

    /**
     * Finds a file of a job.
     *
     * @param batchId the batch; may be empty if the job has only one
     * @throws NotFound when the tenant has no such job, or the job no such file
     * @throws Conflict when the job has not succeeded, or no export directory is configured
     */
    Download file(Tenant tenant, String id, String name, Optional<String> batchId) {
        ExportJob job = requireSucceeded(tenant, id);
        List<ExportedFile> named = job.files().stream()
                .filter(file -> file.name().equals(name))
                .filter(file ->
                        batchId.filter(batch -> !batch.equals(file.batchId())).isEmpty())
                .toList();
        if (named.size() > 1) {
            throw new InvalidRequest("batchId", "is required, because the job has several batches");
        }
        ExportedFile file = named.stream().findFirst().orElseThrow(() -> noFile(id, name));
        Path path = files.file(new Place(tenant, job.request().datasetId(), file.batchId()), file.name());
        if (!Files.isRegularFile(path)) {
            throw noFile(id, name);
        }
        return new Download(file, path);
    }

    private ExportJob requireSucceeded(Tenant tenant, String id) {
        ExportJob job = require(tenant, id);
        if (job.status() != JobStatus.SUCCEEDED) {
            throw new Conflict("The export job has no files, because its status is " + job.status() + ".");
        }
        return job;
    }

    private static NotFound noFile(String id, String name) {
        return new NotFound("The export job " + id + " has no file " + name + ".");
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no export job with the id " + id + ".");
    }
}
