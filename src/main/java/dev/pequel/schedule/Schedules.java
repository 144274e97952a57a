package dev.pequel.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pequel.answer.PageLinks;
import dev.pequel.answer.PageNumbers;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditSubject;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.audit.SandboxChange;
import dev.pequel.database.Database;
import dev.pequel.database.PageTotal;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Creates, lists, changes and deletes schedules for requests. */
@ApplicationScoped
class Schedules {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ScheduleRepository schedules;
    private final ScheduleReader reader;
    private final ScheduleSettings settings;
    private final Sandboxes sandboxes;
    private final Database database;
    private final AuditTrail audit;
    private final Clock clock;

    Schedules(
            ScheduleRepository schedules,
            ScheduleReader reader,
            ScheduleSettings settings,
            Sandboxes sandboxes,
            Database database,
            AuditTrail audit,
            Clock clock) {
        this.schedules = schedules;
        this.reader = reader;
        this.settings = settings;
        this.sandboxes = sandboxes;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** A page of schedules, the oldest first. Empty if nothing was ever stored in the sandbox. */
    @Transactional
    ScheduleList list(Tenant tenant, int start, int limit) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        List<Schedule> page =
                sandbox.map(present -> schedules.page(start, limit)).orElse(List.of());
        long first = (long) start * limit;
        long total = sandbox.map(present -> PageTotal.of(first, limit, page.size(), schedules::count))
                .orElse(0L);
        boolean isLast = first + limit >= total;
        Optional<String> next = isLast ? Optional.empty() : Optional.of(String.valueOf(start + 1));
        return new ScheduleList(
                page.stream()
                        .map(schedule -> ScheduleDocument.of(schedule, sandbox.orElseThrow()))
                        .toList(),
                new PageNumbers(total, page.size(), next),
                PageLinks.next(next.map(number -> "@/config/schedules?start=" + number + "&limit=" + limit)));
    }

    /** A page of schedules. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ScheduleList")
    record ScheduleList(
            List<ScheduleDocument> children,
            @JsonProperty("_page") PageNumbers page,
            @JsonProperty("_links") PageLinks links) {}

    /**
     * Creates a schedule.
     *
     * @throws InvalidRequest when the body is not a valid schedule
     * @throws Conflict when the sandbox has the maximum number of schedules
     */
    ScheduleDocument create(Tenant tenant, String caller, JsonNode body) {
        // Validated before the sandbox is created, so that a refused request stores nothing.
        ScheduleContent content = reader.read(tenant, body, Optional.empty());
        Sandbox sandbox = sandboxes.of(tenant);
        return database.inNewTransaction(() -> create(sandbox, caller, content));
    }

    private ScheduleDocument create(Sandbox sandbox, String caller, ScheduleContent content) {
        // Serializes creations, so that the limit is exact.
        sandbox.hold();
        if (schedules.count() >= settings.schedulesPerSandbox()) {
            throw new Conflict("The sandbox has " + settings.schedulesPerSandbox()
                    + " schedules, the maximum; delete some first.");
        }
        Instant now = now();
        Schedule schedule = new Schedule(sandbox, content, now);
        schedule.nextRun = nextRun(content, now);
        schedules.persist(schedule);
        record(sandbox, schedule.id, caller, now, Optional.empty(), Optional.of(content));
        return ScheduleDocument.of(schedule, sandbox);
    }

    /** @throws NotFound when the tenant has no such schedule */
    @Transactional
    ScheduleDocument get(Tenant tenant, String id) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        return RequestText.id(id)
                .flatMap(schedules::findByIdOptional)
                .map(schedule -> ScheduleDocument.of(schedule, sandbox))
                .orElseThrow(() -> notFound(id));
    }

    /**
     * Changes a schedule. With another expression or state, the next run is computed anew, and missed runs are skipped.
     *
     * @param body a JSON Patch
     * @throws NotFound when the tenant has no such schedule
     * @throws InvalidRequest when the patch, or the patched schedule, is not valid
     */
    @Transactional
    void patch(Tenant tenant, String caller, String id, JsonNode body) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        Schedule schedule = RequestText.id(id).flatMap(schedules::lock).orElseThrow(() -> notFound(id));
        ScheduleContent before = schedule.content();
        ObjectNode patched = ScheduleDocument.content(before);
        SchedulePatch.of(body).apply(patched);
        ScheduleContent after = reader.read(tenant, patched, Optional.of(before));
        if (after.equals(before)) {
            return;
        }
        Instant now = now();
        schedule.change(after, now);
        if (after.state() != before.state() || !after.cron().equals(before.cron())) {
            schedule.nextRun = nextRun(after, now);
        }
        record(sandbox, schedule.id, caller, now, Optional.of(before), Optional.of(after));
    }

    /**
     * Deletes a schedule. Jobs that it created stay.
     *
     * @throws NotFound when the tenant has no such schedule
     */
    @Transactional
    void delete(Tenant tenant, String caller, String id) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(id));
        Schedule schedule = RequestText.id(id).flatMap(schedules::lock).orElseThrow(() -> notFound(id));
        schedules.delete(schedule);
        record(sandbox, schedule.id, caller, now(), Optional.of(schedule.content()), Optional.empty());
    }

    private static Instant nextRun(ScheduleContent content, Instant now) {
        try {
            return content.nextRun(now).orElse(null);
        } catch (CronException checked) {
            throw new IllegalStateException(checked);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Records a change in the audit trail. The first property is the id, because names of schedules are not unique.
     */
    private void record(
            Sandbox sandbox,
            UUID id,
            String caller,
            Instant time,
            Optional<ScheduleContent> before,
            Optional<ScheduleContent> after) {
        AuditAction action =
                before.isEmpty() ? AuditAction.CREATED : after.isEmpty() ? AuditAction.DELETED : AuditAction.CHANGED;
        JsonNode text = TextNode.valueOf(id.toString());
        List<PropertyChange> changes = new ArrayList<>();
        changes.add(new PropertyChange("id", before.map(present -> text), after.map(present -> text)));
        changes.addAll(PropertyChange.between(
                before.map(ScheduleDocument::content).orElseGet(JSON::objectNode),
                after.map(ScheduleDocument::content).orElseGet(JSON::objectNode),
                property -> true));
        audit.record(sandbox, new SandboxChange(AuditSubject.SCHEDULE, action, caller, time, changes));
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no schedule with the id " + id + ".");
    }
}
