package dev.pequel.segmentation.membership;

import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.PacedBody;
import dev.pequel.http.request.RequestSettings;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.profile.Identity;
import dev.pequel.profile.importing.ImportLimiter;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
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

/** {@code /audiences/{id}/members}. */
@RolesAllowed(Roles.ADMIN)
@Path("/data/core/ups/audiences/{id}/members")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Members", description = "The profiles in an audience.")
class MembersResource {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final String NAMESPACE = "entityIdNS";
    private static final String ID = "entityId";

    private final MembershipService members;
    private final ImportLimiter turns;
    private final Caller caller;
    private final SegmentationSettings settings;
    private final RequestSettings requests;
    private final IgnoredInput ignored;

    MembersResource(
            MembershipService members,
            ImportLimiter turns,
            Caller caller,
            SegmentationSettings settings,
            RequestSettings requests,
            IgnoredInput ignored) {
        this.members = members;
        this.turns = turns;
        this.caller = caller;
        this.settings = settings;
        this.requests = requests;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listMembers", summary = "List the members of an audience", description = """
                    Their identities, as of the last segment job or of the evaluation after the audience was created or \
                    changed. The link `next` stays with the members of the first page, even when a job changes them \
                    meanwhile; only after two changes it is a 409.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "A page of members",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberList.class),
                            examples = @ExampleObject(name = "A page", value = """
                                            {"children": [{"identityMap": {"crmid": [{"id": "C1"}]}}],
                                             "_page": {"totalCount": 2, "pageSize": 1, "start": 0, "limit": 1, "generation": 3,
                                             "next": "1"},
                                             "_links": {"next": {"href": "@/audiences/60ccea95-1435-4180-97a5-58af4aa285ab/members?start=1&limit=1&generation=3"}}}
                                            """)))
    public MemberList list(
            @PathParam("id") String id,
            @Parameter(description = "The page, from 0.", schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("start")
                    String start,
            @Parameter(description = "Members on a page.", schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("limit")
                    String limit,
            @Parameter(
                            description = "The generation of members, from an earlier page.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("generation")
                    String generation) {
        ignored.parametersBut("start", "limit", "generation");
        return members.list(
                caller.tenant(),
                id,
                Optional.ofNullable(start)
                        .map(text -> RequestText.wholeNumber("start", text, 0, Integer.MAX_VALUE))
                        .orElse(0),
                Optional.ofNullable(limit)
                        .map(text -> RequestText.wholeNumber("limit", text, 1, settings.maxMembersOnPage())),
                Optional.ofNullable(generation)
                        .map(text -> RequestText.wholeNumber("generation", text, 0, Long.MAX_VALUE)));
    }

    @PUT
    @Consumes({NDJSON, MediaType.APPLICATION_JSON, CSV})
    @Operation(operationId = "replaceMembers", summary = "List the members of an external audience", description = """
                    Replaces the audience's members by those of a list of identities: one JSON object per line, or CSV with a \
                    namespace and an id. Identities that no profile has are counted and reported; they do not become members \
                    when such a profile is imported later. A list with a malformed line changes nothing.
                    """)
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = NDJSON,
                        examples =
                                @ExampleObject(name = "NDJSON", value = "{\"namespace\": \"crmid\", \"id\": \"C1\"}")),
                @Content(mediaType = CSV, examples = @ExampleObject(name = "CSV", value = "namespace,id\ncrmid,C1"))
            })
    @APIResponse(
            responseCode = "200",
            description = "The outcome for the list",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberChangeResult.class),
                            examples = @ExampleObject(name = "One of two is known", value = """
                                            {"audienceId": "60ccea95-1435-4180-97a5-58af4aa285ab", "generation": 1,
                                             "received": 2, "members": 1, "unknown": 1,
                                             "unknownIdentities": [{"namespace": "crmid", "id": "C9"}]}
                                            """)))
    public MemberChangeResult replace(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type, InputStream body) {
        return change(MemberChange.REPLACE, id, type, body);
    }

    @POST
    @Consumes({NDJSON, MediaType.APPLICATION_JSON, CSV})
    @Operation(operationId = "addMembers", summary = "Add members to an external audience", description = """
                    Those of a list of identities, in the same forms; all others stay members.
                    """)
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = NDJSON,
                        examples =
                                @ExampleObject(name = "NDJSON", value = "{\"namespace\": \"crmid\", \"id\": \"C1\"}")),
                @Content(mediaType = CSV, examples = @ExampleObject(name = "CSV", value = "namespace,id\ncrmid,C1"))
            })
    @APIResponse(
            responseCode = "200",
            description = "The outcome for the list, and the current number of members",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberChangeResult.class),
                            examples = @ExampleObject(name = "membersChanged", ref = "MembersChanged")))
    @APIResponse(responseCode = "409", ref = "Conflict")
    public MemberChangeResult add(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type, InputStream body) {
        return change(MemberChange.ADD, id, type, body);
    }

    @DELETE
    @Operation(
            operationId = "removeMember",
            summary = "Remove a member from an external audience",
            description = "The profile with an identity; all others stay members.")
    @APIResponse(
            responseCode = "200",
            description = "Whether a profile has the identity, and the current number of members",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MemberChangeResult.class),
                            examples = @ExampleObject(name = "memberRemoved", ref = "MemberRemoved")))
    @APIResponse(responseCode = "409", ref = "Conflict")
    public MemberChangeResult remove(
            @PathParam("id") String id,
            @Parameter(description = "The identity's namespace", required = true) @QueryParam(NAMESPACE)
                    String namespace,
            @Parameter(description = "The identity's id", required = true) @QueryParam(ID) String identity) {
        ignored.parametersBut(NAMESPACE, ID);
        return members.remove(
                caller.tenant(), caller.name(), id, new Identity(part(NAMESPACE, namespace), part(ID, identity)));
    }

    private static String part(String name, String value) {
        RequestText.requireStorable(name, RequestText.required(name, value));
        return value;
    }

    private MemberChangeResult change(MemberChange change, String id, MediaType type, InputStream body) {
        if (type == null) {
            throw new NotSupportedException();
        }
        boolean csv = type.getSubtype().toLowerCase(Locale.ROOT).equals("csv");
        try {
            return turns.run(
                    caller.tenant(),
                    () -> members.change(
                            caller.tenant(),
                            caller.name(),
                            id,
                            change,
                            csv ? MemberLine.Format.CSV : MemberLine.Format.NDJSON,
                            new PacedBody(body, requests)));
        } catch (IOException lost) {
            throw InvalidRequest.because("The connection was closed before the end of the list; nothing was changed.");
        }
    }
}
