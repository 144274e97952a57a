package dev.pequel.preview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
            summary = "Tell how many profiles there are",
            description = "The sample of the hosted service is all profiles here.")
    @APIResponse(
            responseCode = "200",
            description = "The population",
            content = @Content(schema = @Schema(ref = "PreviewSampleStatus")))
    public ObjectNode status() {
        long profiles = profiles().size();
        String now = TIMESTAMP.format(clock.instant().atOffset(ZoneOffset.UTC));
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("numRowsToRead", String.valueOf(profiles));
        status.putObject("sampleJobRunning").put("status", false).put("submissionTimestamp", now);
        status.put("totalFragmentCount", profiles);
        status.put("totalRows", String.valueOf(profiles));
        status.put("status", "TASK_FINISHED");
        status.put("samplingRatio", 1.0);
        status.put("mergeStrategy", "timestampOrdered_auto");
        status.put("lastSampledTimestamp", now);
        return status;
    }

    @GET
    @Path("/report/namespace")
    @Operation(
            operationId = "getNamespaceReport",
            summary = "Tell how many profiles have an identity of each namespace")
    @APIResponse(
            responseCode = "200",
            description = "The namespaces",
            content =
                    @Content(
                            schema = @Schema(ref = "PreviewSampleReport"),
                            examples = @ExampleObject(name = "namespaceReport", ref = "NamespaceReport")))
    public ObjectNode byNamespace(@Parameter(description = "Today, if anything.") @QueryParam("date") String date) {
        ObjectNode report = report(date);
        String timestamp = report.get("reportTimestamp").textValue();
        ProfileSnapshot profiles = profiles();
        ArrayNode data = (ArrayNode) report.get("data");
        profiles.namespaces().forEach((namespace, some) -> {
            long count = some.getLongCardinality();
            double share = (double) count / profiles.size();
            data.addObject()
                    .put("sampleCount", count)
                    .put("samplePercentage", share)
                    .put("reportTimestamp", timestamp)
                    .put("fullIDsFragmentCount", count)
                    .put("fullIDsCount", count)
                    .put("fullIDsPercentage", share)
                    .put("code", namespace)
                    .put("value", namespace);
        });
        return report;
    }

    @GET
    @Path("/report/dataset")
    @Operation(
            operationId = "getDatasetReport",
            summary = "Tell how many profiles there are of each dataset",
            description = "Profiles are imported without datasets, so that there is none to tell of.")
    @APIResponse(
            responseCode = "200",
            description = "No datasets",
            content =
                    @Content(
                            schema = @Schema(ref = "PreviewSampleReport"),
                            examples = @ExampleObject(name = "datasetReport", ref = "DatasetReport")))
    public ObjectNode byDataset(@Parameter(description = "Today, if anything.") @QueryParam("date") String date) {
        return report(date);
    }

    /** Creates a report of the current time. There are no reports of other dates. */
    private ObjectNode report(String date) {
        ignored.parametersBut("date");
        Instant now = clock.instant();
        if (date != null && !date(date).equals(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            throw new NotFound("There is no report of " + date + "; only the current report exists.");
        }
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.putArray("data");
        report.put("reportTimestamp", now.toString());
        return report;
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
