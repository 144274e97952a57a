package dev.pequel.preview;

import dev.pequel.expression.limit.Deadlines;
import dev.pequel.http.IgnoredInput;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /previewsamplestatus}: the population of profiles for previews. The hosted service counts a periodic sample;
 * Pequel counts all profiles at the time of the request.
 */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/previewsamplestatus")
@Tag(name = "Population", description = "How many profiles there are, in all and by identity namespace.")
@Produces(MediaType.APPLICATION_JSON)
class PreviewSampleResource {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.S");

    private final Snapshots snapshots;
    private final Deadlines deadlines;
    private final Caller caller;
    private final IgnoredInput ignored;
    private final Clock clock;

    PreviewSampleResource(Snapshots snapshots, Deadlines deadlines, Caller caller, IgnoredInput ignored, Clock clock) {
        this.snapshots = snapshots;
        this.deadlines = deadlines;
        this.caller = caller;
        this.ignored = ignored;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getPreviewSampleStatus",
            summary = "Read the number of profiles",
            description = "The hosted service samples profiles; this service uses all of them.")
    @APIResponse(
            responseCode = "200",
            description = "The population",
            content = @Content(schema = @Schema(implementation = PreviewSampleStatus.class)))
    public PreviewSampleStatus status() {
        return PreviewSampleStatus.of(
                profiles().size(), TIMESTAMP.format(clock.instant().atOffset(ZoneOffset.UTC)));
    }

    @GET
    @Path("/report/namespace")
    @Operation(
            operationId = "getNamespaceReport",
            summary = "Read the number of profiles with an identity of each namespace")
    @APIResponse(
            responseCode = "200",
            description = "The namespaces",
            content = @Content(schema = @Schema(implementation = PreviewSampleReport.class)))
    public PreviewSampleReport byNamespace(
            @Parameter(description = "Only the current date is supported.") @QueryParam("date") String date) {
        String time = requirePresent(date).toString();
        ProfileSnapshot profiles = profiles();
        List<PreviewSampleReport.Part> data = new ArrayList<>();
        profiles.namespaces()
                .forEach((namespace, some) -> data.add(
                        PreviewSampleReport.Part.of(namespace, some.getLongCardinality(), profiles.size(), time)));
        return new PreviewSampleReport(data, time);
    }

    @GET
    @Path("/report/dataset")
    @Operation(
            operationId = "getDatasetReport",
            summary = "Read the number of profiles of each dataset",
            description = "Profiles are imported without datasets, so the list is empty.")
    @APIResponse(
            responseCode = "200",
            description = "No datasets",
            content =
                    @Content(
                            schema = @Schema(implementation = PreviewSampleReport.class),
                            examples = @ExampleObject(name = "datasetReport", ref = "DatasetReport")))
    public PreviewSampleReport byDataset(
            @Parameter(description = "Only the current date is supported.") @QueryParam("date") String date) {
        return new PreviewSampleReport(List.of(), requirePresent(date).toString());
    }

    /** Returns the current time. There are no reports of other dates. */
    private Instant requirePresent(String date) {
        ignored.parametersBut("date");
        Instant now = clock.instant();
        if (date != null && !date(date).equals(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            throw new NotFound("There is no report of " + date + "; only the current report exists.");
        }
        return now;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw new InvalidRequest("date", "must be a date such as 2026-08-28, but is " + text);
        }
    }

    private ProfileSnapshot profiles() {
        return snapshots.of(caller.tenant(), deadlines.start().left());
    }
}
