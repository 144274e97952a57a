package dev.pequel.segmentation.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.database.JobStatus;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.segmentation.job.SegmentJobQuery.SortKey;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /segment/jobs}. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/segment/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Segment jobs", description = "Evaluations of audiences that update their members.")
class SegmentJobResource {

    private static final int MULTI_STATUS = 207;
    private static final int MAX_LIMIT = 1000;
    private static final String NEWEST_FIRST = "creationTime:desc";

    /** Statuses of the hosted service that no job has here. */
    private static final Set<String> STATUSES_OF_NO_JOB = Set.of("QUEUED", "CANCELLING");

    private final SegmentJobs jobs;
    private final Caller caller;
    private final ObjectMapper json;
    private final IgnoredInput ignored;

    SegmentJobResource(SegmentJobs jobs, Caller caller, ObjectMapper json, IgnoredInput ignored) {
        this.jobs = jobs;
        this.caller = caller;
        this.json = json;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listSegmentJobs", summary = "List segment jobs", description = """
                    The newest first. `sort=creationTime:asc` (also `updateTime`, `status`, `id`) gives another order, `status` \
                    and `property=segments~segmentId==<id>`, or `segments==<id>`, leave out all others. No job is `QUEUED`, \
                    `CANCELLING` or of a named snapshot, so that these filters leave out all.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "SegmentJobList")))
    public StreamingOutput list(
            @Parameter(description = "The page, from 0.", schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("start")
                    String start,
            @Parameter(
                            description = "Jobs on a page, at most 1000.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "NEW, PROCESSING, SUCCEEDED, FAILED or CANCELLED.") @QueryParam("status")
                    String status,
            @Parameter(description = "The name of a snapshot; not used by this service.") @QueryParam("snapshot.name")
                    String snapshot,
            @Parameter(example = "creationTime:desc") @QueryParam("sort") String sort,
            @Parameter(example = "segments~segmentId==60ccea95-1435-4180-97a5-58af4aa285ab") @QueryParam("property")
                    List<String> properties,
            @Context UriInfo uri) {
        ignored.parametersBut("start", "limit", "status", "snapshot.name", "sort", "property");
        Set<JobStatus> statuses =
                Optional.ofNullable(status).map(SegmentJobResource::statuses).orElse(EnumSet.allOf(JobStatus.class));
        SegmentJobQuery query = query(
                snapshot == null ? statuses : Set.of(),
                properties.stream().map(SegmentJobResource::segment).toList(),
                Optional.ofNullable(sort).orElse(NEWEST_FIRST),
                RequestText.query(uri.getQueryParameters(), Set.of("start", "limit")));
        return written(jobs.list(
                caller.tenant(),
                query,
                Optional.ofNullable(limit).map(text -> RequestText.wholeNumber("limit", text, 1, MAX_LIMIT)),
                Optional.ofNullable(start)
                        .map(text -> RequestText.wholeNumber("start", text, 0, Integer.MAX_VALUE))
                        .orElse(0)));
    }

    private StreamingOutput written(SegmentJobs.Answer answer) {
        return out -> {
            try (JsonGenerator to = json.createGenerator(out)) {
                answer.write(to);
            }
        };
    }

    @RolesAllowed(Roles.ADMIN)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSegmentJob", summary = "Evaluate audiences", description = """
                    Creates a job that evaluates the named segment definitions, or all of them (`"*"`), and those that they refer \
                    to, all in one pass over the profiles. When it succeeds they all have their new members at the same moment.
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "SegmentJobRequest"),
                            examples = {
                                @ExampleObject(
                                        name = "One audience",
                                        value = "[{\"segmentId\": \"60ccea95-1435-4180-97a5-58af4aa285ab\"}]"),
                                @ExampleObject(name = "All audiences", value = "[{\"segmentId\": \"*\"}]")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The job, which is waiting.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SegmentJobDocument.class),
                            examples = @ExampleObject(name = "segmentJobCreated", ref = "SegmentJobCreated")))
    @APIResponse(responseCode = "429", description = "Too many jobs are waiting.")
    public SegmentJobDocument create(JsonNode body) {
        return jobs.create(caller.tenant(), body);
    }

    @POST
    @Path("/bulk-get")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "bulkGetSegmentJobs", summary = "Look up several segment jobs")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "BulkRequest"),
                            examples =
                                    @ExampleObject(
                                            name = "Two jobs",
                                            value = "{\"ids\": [{\"id\": \"cc3419d3-0389-47f1-b174-fead6b3c830d\"},"
                                                    + " {\"id\": \"c527dc3f-07fe-4b96-be4e-23f38e734ff8\"}]}")))
    @APIResponse(
            responseCode = "207",
            description = "For each id the job, or an error.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "BulkSegmentJobs")))
    public Response bulkGet(JsonNode body) {
        return Response.status(MULTI_STATUS)
                .entity(written(jobs.bulkGet(caller.tenant(), body)))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSegmentJob", summary = "Look up a segment job")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SegmentJobDocument.class),
                            examples = @ExampleObject(name = "segmentJob", ref = "SegmentJob")))
    public SegmentJobDocument get(@PathParam("id") String id) {
        return jobs.get(caller.tenant(), id);
    }

    @RolesAllowed(Roles.ADMIN)
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "cancelSegmentJob",
            summary = "Cancel a segment job",
            description = "Nothing of a cancelled job becomes visible.")
    @APIResponse(responseCode = "204", description = "The job is cancelled.")
    @APIResponse(responseCode = "409", description = "The job was over already.")
    public void cancel(@PathParam("id") String id) {
        jobs.cancel(caller.tenant(), id);
    }

    private static Set<JobStatus> statuses(String word) {
        if (STATUSES_OF_NO_JOB.contains(word)) {
            return Set.of();
        }
        return Set.of(JobStatus.of(word)
                .orElseThrow(() -> new InvalidRequest(
                        "status", "must be one of " + Arrays.toString(JobStatus.values()) + ", but is " + word)));
    }

    private static UUID segment(String property) {
        String[] sides = property.split("==", 2);
        if (sides.length < 2 || !sides[0].equals("segments~segmentId") && !sides[0].equals("segments")) {
            throw new InvalidRequest("property", "must be written segments~segmentId==<id>, but is " + property);
        }
        return RequestText.id(sides[1])
                .orElseThrow(() -> new InvalidRequest("property", sides[1] + " is not the id of an audience"));
    }

    private static SegmentJobQuery query(Set<JobStatus> statuses, List<UUID> segments, String sort, String passedOn) {
        int colon = sort.lastIndexOf(':');
        Optional<SortKey> key = colon < 0 ? Optional.empty() : SortKey.of(sort.substring(0, colon));
        String direction = sort.substring(colon + 1);
        boolean descending = direction.equals("desc");
        if (key.isEmpty() || !descending && !direction.equals("asc")) {
            throw new InvalidRequest(
                    "sort",
                    "must be one of "
                            + Arrays.stream(SortKey.values())
                                    .map(SortKey::word)
                                    .sorted()
                                    .toList()
                            + " followed by :asc or :desc, but is " + sort);
        }
        return new SegmentJobQuery(statuses, segments, key.get(), descending, passedOn);
    }
}
