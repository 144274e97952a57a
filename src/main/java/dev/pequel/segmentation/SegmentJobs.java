package dev.pequel.segmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.VisibleRows;
import dev.pequel.error.BodyFields;
import dev.pequel.error.BulkErrors;
import dev.pequel.error.Conflict;
import dev.pequel.error.InvalidRequest;
import dev.pequel.error.InvalidRequest.Violation;
import dev.pequel.error.NotFound;
import dev.pequel.error.RequestId;
import dev.pequel.error.RequestText;
import dev.pequel.error.TooManyRequests;
import dev.pequel.segmentation.SegmentJob.Status;
import dev.pequel.segmentation.SegmentJobStore.Selection;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What can be done with segment jobs. */
@ApplicationScoped
class SegmentJobs {

    private static final int ID_LENGTH = 256;

    private final SegmentJobStore store;
    private final SegmentJobRunner runner;
    private final SegmentDefinitions definitions;
    private final Sandboxes sandboxes;
    private final VisibleRows rows;
    private final SegmentationSettings settings;
    private final RequestId requestId;
    private final BulkErrors bulkErrors;

    SegmentJobs(
            SegmentJobStore store,
            SegmentJobRunner runner,
            SegmentDefinitions definitions,
            Sandboxes sandboxes,
            VisibleRows rows,
            SegmentationSettings settings,
            RequestId requestId,
            BulkErrors bulkErrors) {
        this.store = store;
        this.runner = runner;
        this.definitions = definitions;
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.settings = settings;
        this.requestId = requestId;
        this.bulkErrors = bulkErrors;
    }

    /**
     * Asks for the evaluation of audiences.
     *
     * @param body {@code [{"segmentId": "..."}, ...]}, or {@code [{"segmentId": "*"}]} for all
     * @throws InvalidRequest when it is of another form, or names what is no segment definition of the tenant
     * @throws TooManyRequests when too many jobs are waiting
     */
    ObjectNode create(Tenant tenant, JsonNode body) {
        Optional<List<UUID>> requested = read(tenant, body);
        Sandbox sandbox = sandboxes.of(tenant);
        SegmentJob job = rows.ofAllSandboxes(
                        () -> store.createUnless(sandbox, requestId.value(), requested, settings.waitingJobs()))
                .orElseThrow(() -> new TooManyRequests(
                        "There are " + settings.waitingJobs()
                                + " segment jobs of this organization waiting already; try again when some of them are"
                                + " done.",
                        settings.jobPoll()));
        runner.wake();
        return SegmentJobDocument.of(job, sandbox);
    }

    private Optional<List<UUID>> read(Tenant tenant, JsonNode body) {
        if (!body.isArray() || body.isEmpty()) {
            throw InvalidRequest.because(
                    "The body must be an array with at least one object such as {\"segmentId\": \"*\"}.");
        }
        List<Violation> violations = new ArrayList<>();
        Map<String, UUID> ids = new LinkedHashMap<>();
        boolean all = false;
        for (int i = 0; i < body.size(); i++) {
            String place = "[" + i + "].";
            BodyFields fields = BodyFields.of(body.get(i), place, violations);
            if (!fields.present()) {
                violations.add(new Violation("[" + i + "]", "must be an object"));
                continue;
            }
            Optional<String> id = fields.required("segmentId", fields.text("segmentId", ID_LENGTH));
            if (id.isPresent() && id.get().equals(SegmentJobDocument.ALL)) {
                all = true;
            } else if (id.isPresent()) {
                RequestText.id(id.get())
                        .ifPresentOrElse(
                                uuid -> ids.put(place + "segmentId", uuid),
                                () -> fields.refuse("segmentId", "there is no audience with the id " + id.get()));
            }
        }
        if (violations.isEmpty()) {
            requireDefinitions(tenant, ids, violations);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return all ? Optional.empty() : Optional.of(List.copyOf(new LinkedHashSet<>(ids.values())));
    }

    private void requireDefinitions(Tenant tenant, Map<String, UUID> ids, List<Violation> violations) {
        Map<UUID, SegmentDefinition> found = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            definitions
                    .some(tenant, Set.copyOf(ids.values()))
                    .forEach(definition -> found.put(definition.id(), definition));
        }
        ids.forEach((place, id) -> {
            SegmentDefinition definition = found.get(id);
            if (definition == null) {
                violations.add(new Violation(place, "there is no audience with the id " + id));
            } else if (definition.source() instanceof SegmentDefinition.External) {
                violations.add(new Violation(
                        place, "the audience " + id + " is external: its members are listed, not evaluated"));
            }
        });
    }

    /** A page of jobs. */
    ObjectNode list(Tenant tenant, Selection selection, Optional<Integer> limit, int start) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        int size = limit.orElse(settings.jobsOnPage());
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ObjectNode page = list.putObject("_page");
        ArrayNode children = list.putArray("children");
        long total = 0;
        if (sandbox.isPresent()) {
            store.list(sandbox.get().id(), selection, size, (long) start * size)
                    .forEach(job -> children.add(SegmentJobDocument.of(job, sandbox.get())));
            total = store.count(sandbox.get().id(), selection);
        }
        page.put("totalCount", total);
        page.put("pageSize", children.size());
        if ((start + 1L) * size < total) {
            page.put("next", String.valueOf(start + 1));
        }
        return list;
    }

    /**
     * @throws NotFound when the tenant has no such job
     */
    ObjectNode get(Tenant tenant, String id) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        return SegmentJobDocument.of(find(sandbox, id), sandbox);
    }

    /**
     * Several jobs by id; for each that does not exist there is an error in its place.
     *
     * @param body {@code {"ids": [{"id": "..."}, ...]}}
     */
    ObjectNode bulkGet(Tenant tenant, JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        JsonNode list = body.path("ids");
        if (!list.isArray() || list.isEmpty()) {
            throw new InvalidRequest("ids", "must be an array with at least one object such as {\"id\": \"...\"}");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            BodyFields fields = BodyFields.of(list.get(i), "ids[" + i + "].", violations);
            fields.required("id", fields.text("id", ID_LENGTH)).ifPresent(ids::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode results = answer.putObject("results");
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        Map<UUID, SegmentJob> found = new LinkedHashMap<>();
        sandbox.ifPresent(present -> store.find(
                        present.id(),
                        ids.stream().flatMap(id -> RequestText.id(id).stream()).toList())
                .forEach(job -> found.put(job.id(), job)));
        for (String id : ids) {
            Optional<SegmentJob> job = RequestText.id(id).map(found::get);
            results.set(
                    id,
                    job.isPresent()
                            ? SegmentJobDocument.of(job.get(), sandbox.orElseThrow())
                            : bulkErrors.notFound(notFound(id).getMessage()));
        }
        return answer;
    }

    /**
     * Cancels a job: nothing of it becomes visible.
     *
     * @throws NotFound when the tenant has no such job
     * @throws Conflict when it is over already, but not because it was cancelled
     */
    void cancel(Tenant tenant, String id) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        SegmentJob job = find(sandbox, id);
        if (!store.abort(sandbox.id(), job.id(), Status.CANCELLED, Optional.empty())) {
            Status status = find(sandbox, id).status();
            if (status != Status.CANCELLED) {
                throw new Conflict("The segment job is over (" + status + ") and cannot be cancelled.");
            }
        }
    }

    private SegmentJob find(Sandbox sandbox, String id) {
        return RequestText.id(id)
                .flatMap(uuid -> store.find(sandbox.id(), uuid))
                .orElseThrow(() -> notFound(id));
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no segment job with the id " + id + ".");
    }
}
