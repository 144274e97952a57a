package dev.pequel.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.schedule.DueSchedules;
import dev.pequel.segmentation.job.ScheduledSegmentJobs;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /_pequel/clock}: reads and sets the clock of the service. */
@PermitAll
@Path("/_pequel/clock")
@Produces(MediaType.APPLICATION_JSON)
class ClockResource {

    private static final String NOW = "now";
    private static final String RUNNING = "running";
    private static final int TEXT = 64;

    /** The range of times, inclusive and exclusive, in which dates and timestamps of the database can be computed. */
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    private final LocalClock clock;
    private final DueSchedules schedules;
    private final ScheduledSegmentJobs jobs;
    private final IgnoredInput ignored;

    ClockResource(LocalClock clock, DueSchedules schedules, ScheduledSegmentJobs jobs, IgnoredInput ignored) {
        this.clock = clock;
        this.schedules = schedules;
        this.jobs = jobs;
        this.ignored = ignored;
    }

    @GET
    @Operation(hidden = true)
    public ObjectNode get() {
        return JsonNodeFactory.instance
                .objectNode()
                .put(NOW, clock.instant().toString())
                .put(RUNNING, clock.isRunning());
    }

    /**
     * Sets the time. Without {@code now}, the clock keeps the time that it shows. The clock is stopped unless
     * {@code running} is true.
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public ObjectNode put(JsonNode body) {
        ignored.propertiesBut(body, Set.of(NOW, RUNNING));
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(body, violations);
        Instant now =
                fields.text(NOW, TEXT).flatMap(text -> instant(fields, text)).orElseGet(clock::instant);
        boolean isRunning = fields.flag(RUNNING).orElse(false);
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        clock.set(now, isRunning);
        return followed();
    }

    @DELETE
    @Operation(hidden = true)
    public ObjectNode delete() {
        clock.reset();
        return followed();
    }

    private ObjectNode followed() {
        schedules.followClock();
        jobs.wake();
        return get();
    }

    private static Optional<Instant> instant(BodyFields fields, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(FIRST) && instant.isBefore(LAST)) {
                return Optional.of(instant);
            }
            fields.refuse(NOW, "must be between 1970 and 9000");
        } catch (DateTimeException malformed) {
            fields.refuse(NOW, "must be a time such as 2026-12-31T23:59:00Z");
        }
        return Optional.empty();
    }
}
