package dev.pequel.segmentation.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.JobStatus;
import dev.pequel.database.PageTotal;
import dev.pequel.database.SandboxScope;
import dev.pequel.http.BulkErrors;
import dev.pequel.http.RequestId;
import dev.pequel.http.request.BodyFields;
import dev.pequel.http.request.BulkIds;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.segmentation.RequestedAudiences;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Creates, lists and cancels segment jobs for requests. */
@ApplicationScoped
class SegmentJobs {

    private static final int ID_LENGTH = 256;
    private static final String SEGMENTS = "segments";
    private static final String SEGMENT_IDS = "segmentIds";

    private final SegmentJobRepository jobs;
    private final SegmentJobRunner runner;
    private final RequestedAudiences audiences;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final SegmentationSettings settings;
    private final RequestId requestId;
    private final BulkErrors bulkErrors;
    private final Clock clock;

    SegmentJobs(
            SegmentJobRepository jobs,
            SegmentJobRunner runner,
            RequestedAudiences audiences,
            Sandboxes sandboxes,
            SandboxScope rows,
            SegmentationSettings settings,
            RequestId requestId,
            BulkErrors bulkErrors,
            Clock clock) {
        this.jobs = jobs;
        this.runner = runner;
        this.audiences = audiences;
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.settings = settings;
        this.requestId = requestId;
        this.bulkErrors = bulkErrors;
        this.clock = clock;
    }

    /**
     * Creates a job that evaluates audiences.
     *
     * @param body {@code [{"segmentId": "..."}, ...]}, or {@code [{"segmentId": "*"}]} for all. Clients also send this
     *     list as {@code segments} of an object, and {@code {"segmentIds": ["..."]}}.
     * @throws InvalidRequest when the body has another form, or an id is not that of a segment definition of the tenant
     * @throws TooManyRequests when too many jobs are waiting
     */
    SegmentJobDocument create(Tenant tenant, JsonNode body) {
        Optional<List<UUID>> requested = read(tenant, body);
        Sandbox sandbox = sandboxes.of(tenant);
        SegmentJob job = jobs.create(sandbox, requestId.value(), requested)
                .orElseThrow(() -> new TooManyRequests(
                        "The organization already has " + settings.waitingJobs()
                                + " segment jobs waiting; try again when some of them are"
                                + " done.",
                        settings.jobPoll()));
        runner.wake();
        return SegmentJobDocument.of(job, sandbox);
    }

    private Optional<List<UUID>> read(Tenant tenant, JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Optional<List<UUID>> requested = audiences.read(tenant, segments(body, violations), violations);
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return requested;
    }

    /** The ids in a body, by their positions in it. */
    private static Map<String, String> segments(JsonNode body, List<Violation> violations) {
        Map<String, String> segments = new LinkedHashMap<>();
        if (body.has(SEGMENT_IDS)) {
            List<String> ids = BodyFields.of(body, violations)
                    .texts(SEGMENT_IDS, Integer.MAX_VALUE, ID_LENGTH)
                    .orElse(List.of());
            for (int i = 0; i < ids.size(); i++) {
                segments.put(SEGMENT_IDS + "[" + i + "]", ids.get(i));
            }
        } else {
            String list = body.has(SEGMENTS) ? SEGMENTS : "";
            JsonNode items = body.has(SEGMENTS) ? body.get(SEGMENTS) : body;
            for (int i = 0; items.isArray() && i < items.size(); i++) {
                String place = list + "[" + i + "]";
                BodyFields fields = BodyFields.of(items.get(i), place + ".", violations);
                if (fields.present()) {
                    fields.required("segmentId", fields.text("segmentId", ID_LENGTH))
                            .ifPresent(id -> segments.put(place + ".segmentId", id));
                } else {
                    violations.add(new Violation(place, "must be an object"));
                }
            }
        }
        if (segments.isEmpty() && violations.isEmpty()) {
            throw InvalidRequest.because(
                    "The body must be an array with at least one object such as {\"segmentId\": \"*\"}.");
        }
        return segments;
    }

    /** A response that is written job by job, because many jobs, with all of their audiences, may exceed memory. */
    interface Answer {
        void write(JsonGenerator to) throws IOException;
    }

    /** A page of jobs. */
    Answer list(Tenant tenant, SegmentJobQuery query, Optional<Integer> limit, int start) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        int size = limit.orElse(settings.jobsOnPage());
        List<UUID> ids = sandbox.map(present -> jobs.list(query, size, (long) start * size))
                .orElseGet(List::of);
        long total = sandbox.map(
                        present -> PageTotal.of((long) start * size, size, ids.size(), () -> jobs.count(query)))
                .orElse(0L);
        return to -> {
            to.writeStartObject();
            to.writeArrayFieldStart("children");
            int written = 0;
            for (UUID id : ids) {
                Optional<SegmentJobDocument> job = document(sandbox.orElseThrow(), id);
                if (job.isPresent()) {
                    to.writePOJO(job.get());
                    written++;
                }
            }
            to.writeEndArray();
            to.writeObjectFieldStart("_page");
            to.writeNumberField("totalCount", total);
            to.writeNumberField("pageSize", written);
            boolean isLast = (start + 1L) * size >= total;
            if (!isLast) {
                to.writeStringField("next", String.valueOf(start + 1));
            }
            to.writeEndObject();
            to.writeObjectFieldStart("_links");
            if (!isLast) {
                to.writeObjectFieldStart("next");
                to.writeStringField(
                        "href", "@/segment/jobs?start=" + (start + 1) + "&limit=" + size + query.passedOn());
                to.writeEndObject();
            }
            to.writeEndObject();
            to.writeEndObject();
        };
    }

    /** Reads a job just before it is written, possibly after the request's context has ended. */
    private Optional<SegmentJobDocument> document(Sandbox sandbox, UUID id) {
        return rows.ofSandbox(sandbox.id(), () -> jobs.read(id)).map(job -> SegmentJobDocument.of(job, sandbox));
    }

    /** @throws NotFound when the tenant has no such job */
    SegmentJobDocument get(Tenant tenant, String id) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        return RequestText.id(id)
                .flatMap(jobs::read)
                .map(job -> SegmentJobDocument.of(job, sandbox))
                .orElseThrow(() -> notFound(id));
    }

    /**
     * Looks up several jobs by id. An id that does not exist has an error in place of the job.
     *
     * @param body {@code {"ids": [{"id": "..."}, ...]}}
     */
    Answer bulkGet(Tenant tenant, JsonNode body) {
        Set<String> ids = BulkIds.read(body, settings.bulkJobs());
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        Set<UUID> existing = sandbox.map(present -> jobs.existing(
                        ids.stream().flatMap(id -> RequestText.id(id).stream()).toList()))
                .orElseGet(Set::of);
        Map<String, ObjectNode> errors = new HashMap<>();
        for (String id : ids) {
            if (RequestText.id(id).filter(existing::contains).isEmpty()) {
                errors.put(id, bulkErrors.notFound(notFound(id).getMessage()));
            }
        }
        return to -> {
            to.writeStartObject();
            to.writeObjectFieldStart("results");
            for (String id : ids) {
                Optional<?> result = errors.containsKey(id)
                        ? Optional.of(errors.get(id))
                        : document(sandbox.orElseThrow(), RequestText.id(id).orElseThrow());
                if (result.isPresent()) {
                    to.writeFieldName(id);
                    to.writePOJO(result.get());
                }
            }
            to.writeEndObject();
            to.writeEndObject();
        };
    }

    /**
     * Cancels a job, of which nothing becomes visible.
     *
     * @throws NotFound when the tenant has no such job
     * @throws Conflict when the job has ended in another way
     */
    @Transactional
    void cancel(Tenant tenant, String id) {
        sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        SegmentJob job = RequestText.id(id).flatMap(jobs::lock).orElseThrow(() -> notFound(id));
        if (!job.status().isEnd()) {
            job.cancel(clock.instant());
        } else if (job.status() != JobStatus.CANCELLED) {
            throw new Conflict("The segment job has already ended (" + job.status() + ") and cannot be cancelled.");
        }
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no segment job with the id " + id + ".");
    }
}
