package dev.pequel.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.answer.Message;
import dev.pequel.database.JobStatus;
import dev.pequel.export.ExportJobs.Download;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /export/jobs}. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/export/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Export jobs", description = "Members of audiences, or all profiles, as files.")
class ExportJobResource {

    private static final int MAX_LIMIT = 100;
    private static final int DEFAULT_LIMIT = 20;
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";

    private final ExportJobs jobs;
    private final Caller caller;
    private final IgnoredInput ignored;

    ExportJobResource(ExportJobs jobs, Caller caller, IgnoredInput ignored) {
        this.jobs = jobs;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listExportJobs", summary = "List export jobs", description = "The newest first.")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExportJobList.class)))
    public ExportJobList list(
            @Parameter(
                            description = "Jobs on a page, at most 100.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @QueryParam("limit")
                    String limit,
            @Parameter(
                            description = "Start of the page: `link.next` of the previous page.",
                            schema = @Schema(type = SchemaType.STRING),
                            example = "1540974701302_96")
                    @QueryParam("offset")
                    String offset,
            @Parameter(description = "NEW, PROCESSING, SUCCEEDED, FAILED or CANCELLED.") @QueryParam("status")
                    String status) {
        ignored.parametersBut("limit", "offset", "status");
        return jobs.list(
                caller.tenant(),
                Optional.ofNullable(status).map(ExportJobResource::status),
                Optional.ofNullable(offset),
                Optional.ofNullable(limit)
                        .map(text -> RequestText.wholeNumber("limit", text, 1, MAX_LIMIT))
                        .orElse(DEFAULT_LIMIT));
    }

    private static JobStatus status(String word) {
        return JobStatus.of(word)
                .orElseThrow(() -> new InvalidRequest(
                        "status", "must be one of " + Arrays.toString(JobStatus.values()) + ", but is " + word));
    }

    @RolesAllowed(Roles.ADMIN)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createExportJob", summary = "Export profiles", description = """
                    Creates a job that writes the profiles of the named audiences, or all profiles, to files. A line of \
                    `part-00000.ndjson` is a profile as `GET /access/entities` shows it, limited to `fields`. \
                    `destination.format` `csv` writes the `fields` as columns. `additionalFields.eventList` adds a file of the \
                    profiles' events.
                    """)
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ExportJobRequest")))
    @APIResponse(
            responseCode = "200",
            description = "The job, which is waiting",
            headers =
                    @Header(
                            name = "X-Location",
                            description = "The path of the job",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExportJobDocument.class)))
    @APIResponse(responseCode = "409", description = "The operator has not switched on exports")
    @APIResponse(responseCode = "429", description = "Too many jobs are waiting")
    public RestResponse<ExportJobDocument> create(JsonNode body) {
        ignored.propertiesBut(body, ExportRequest.PROPERTIES);
        ignored.propertiesBut(body.path("destination"), ExportRequest.PROPERTIES_OF_DESTINATION);
        ExportJobDocument job = jobs.create(caller.tenant(), caller.name(), body);
        return RestResponse.ResponseBuilder.ok(job)
                .header("X-Location", "/data/core/ups/export/jobs/" + job.id())
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getExportJob", summary = "Look up an export job")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExportJobDocument.class)))
    public ExportJobDocument get(@PathParam("id") String id) {
        return jobs.get(caller.tenant(), id);
    }

    @RolesAllowed(Roles.ADMIN)
    @DELETE
    @Path("/{id}")
    @Operation(operationId = "cancelExportJob", summary = "Cancel or delete an export job", description = """
                    Cancels a job that has not ended: it leaves no files. A job that has ended is deleted with its files.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The change",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Message.class),
                            examples = @ExampleObject(name = "exportJobCancelled", ref = "ExportJobCancelled")))
    public Message cancel(@PathParam("id") String id) {
        return Message.of(jobs.cancelOrDelete(caller.tenant(), id));
    }

    @RolesAllowed(Roles.ADMIN)
    @GET
    @Path("/{id}/files")
    @Operation(operationId = "listExportedFiles", summary = "List the files of an export job")
    @APIResponse(
            responseCode = "200",
            description = "The files",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExportedFileList.class)))
    @APIResponse(responseCode = "409", description = "The job has not succeeded")
    public ExportedFileList files(@PathParam("id") String id) {
        return jobs.files(caller.tenant(), id);
    }

    @RolesAllowed(Roles.ADMIN)
    @GET
    @Path("/{id}/files/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "downloadExportedFile", summary = "Download a file of an export job")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "409", description = "The job has not succeeded")
    public Response download(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @Parameter(description = "The batch; required if the job has several") @QueryParam("batchId")
                    String batchId) {
        ignored.parametersBut("batchId");
        Download download = jobs.file(caller.tenant(), id, name, Optional.ofNullable(batchId));
        StreamingOutput content = out -> Files.copy(download.path(), out);
        return Response.ok(content)
                .type(download.file().mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + download.file().name() + "\"")
                .build();
    }
}
