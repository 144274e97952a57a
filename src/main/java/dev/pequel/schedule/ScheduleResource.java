package dev.pequel.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.RequestText;
import dev.pequel.schedule.Schedules.ScheduleList;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /config/schedules}. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/config/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedules", description = "When segment jobs are created without a request.")
class ScheduleResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Schedules schedules;
    private final Caller caller;
    private final IgnoredInput ignored;

    ScheduleResource(Schedules schedules, Caller caller, IgnoredInput ignored) {
        this.schedules = schedules;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listSchedules", summary = "List schedules", description = """
                    The oldest first. Each sandbox has the schedule `profile-default` from the moment that something is stored in \
                    it until the schedule is deleted.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "A page of schedules",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleList.class)))
    public ScheduleList list(
            @Parameter(description = "The page, from 0.", schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("start")
                    String start,
            @Parameter(
                            description = "Schedules on a page, at most 1000.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "100"))
                    @QueryParam("limit")
                    String limit) {
        ignored.parametersBut("start", "limit");
        return schedules.list(
                caller.tenant(),
                Optional.ofNullable(start)
                        .map(text -> RequestText.wholeNumber("start", text, 0, Integer.MAX_VALUE))
                        .orElse(0),
                Optional.ofNullable(limit)
                        .map(text -> RequestText.wholeNumber("limit", text, 1, MAX_LIMIT))
                        .orElse(DEFAULT_LIMIT));
    }

    @RolesAllowed(Roles.ADMIN)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSchedule", summary = "Create a schedule", description = """
                    `schedule` is a Quartz cron expression in UTC. Between two runs there must be 24 hours, unless the service is \
                    configured otherwise. A schedule is inactive unless `state` says otherwise.
                    """)
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "NewSchedule")))
    @APIResponse(
            responseCode = "200",
            description = "The new schedule",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleDocument.class)))
    @APIResponse(responseCode = "409", description = "The sandbox has the maximum number of schedules.")
    public ScheduleDocument create(JsonNode body) {
        ignored.propertiesBut(body, ScheduleDocument.PROPERTIES);
        ignored.propertiesBut(body.path("properties"), List.of("segments"));
        return schedules.create(caller.tenant(), caller.name(), body);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSchedule", summary = "Read a schedule")
    @APIResponse(
            responseCode = "200",
            description = "The schedule",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ScheduleDocument.class)))
    public ScheduleDocument get(@PathParam("id") String id) {
        return schedules.get(caller.tenant(), id);
    }

    @RolesAllowed(Roles.ADMIN)
    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateSchedule", summary = "Change a schedule", description = """
                    A JSON Patch with `add` or `replace` of `/name`, `/state`, `/schedule`, `/properties` and \
                    `/properties/segments`. Another expression or state applies at once; runs that an inactive schedule has missed \
                    are not made up for.
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "SchedulePatch"),
                            examples = {
                                @ExampleObject(
                                        name = "Another time",
                                        value =
                                                "[{\"op\": \"add\", \"path\": \"/schedule\", \"value\": \"0 0 2 * * ?\"}]"),
                                @ExampleObject(
                                        name = "Activate",
                                        value = "[{\"op\": \"add\", \"path\": \"/state\", \"value\": \"active\"}]")
                            }))
    @APIResponse(responseCode = "204", description = "The schedule is changed.")
    public void patch(@PathParam("id") String id, JsonNode body) {
        schedules.patch(caller.tenant(), caller.name(), id, body);
    }

    @RolesAllowed(Roles.ADMIN)
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteSchedule",
            summary = "Delete a schedule",
            description = "Its jobs are kept. `profile-default` can be deleted too, and is not created again.")
    @APIResponse(responseCode = "204", description = "The schedule is deleted.")
    public void delete(@PathParam("id") String id) {
        schedules.delete(caller.tenant(), caller.name(), id);
    }
}
