package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.audience.store.AudienceQuery;
import dev.pequel.http.BulkResults;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.TaggedResponse;
import dev.pequel.http.request.Preconditions;
import dev.pequel.problem.NotFound;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code /audiences}: lists, creates, reads, overwrites, patches and deletes the audiences of the caller's
 * sandbox.
 */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/audiences")
@Tag(name = "Audiences", description = "Sets of profiles, defined by an expression or supplied by the client.")
@Produces(MediaType.APPLICATION_JSON)
class AudienceResource {

    private final AudienceService audiences;
    private final AudienceLookup lookup;
    private final AudienceListing listing;
    private final Sandboxes sandboxes;
    private final Caller caller;
    private final IgnoredInput ignored;

    AudienceResource(
            AudienceService audiences,
            AudienceLookup lookup,
            AudienceListing listing,
            Sandboxes sandboxes,
            Caller caller,
            IgnoredInput ignored) {
        this.audiences = audiences;
        this.lookup = lookup;
        this.listing = listing;
        this.sandboxes = sandboxes;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listAudiences", summary = "List audiences")
    @Parameter(ref = "AudiencePageNumber")
    @Parameter(ref = "AudienceLimit")
    @Parameter(ref = "AudienceSort")
    @Parameter(ref = "AudienceProperty")
    @Parameter(ref = "AudienceName")
    @Parameter(ref = "AudienceDescription")
    @Parameter(ref = "WithMetrics")
    @APIResponse(responseCode = "200", description = "A page of audiences")
    public AudienceList list(@Context UriInfo uri) {
        ignored.parametersBut(AudienceQuery.parameters(uri.getQueryParameters()));
        return listing.list(caller.tenant(), uri.getQueryParameters());
    }

    @RolesAllowed(Roles.EDITOR)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createAudience", summary = "Create an audience")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "AudienceInput")))
    @APIResponse(responseCode = "200", description = "The new audience")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public RestResponse<AudienceDocument> create(JsonNode body) {
        ignored.propertiesBut(body, AudienceField.PROPERTIES);
        return answer(audiences.create(caller.tenant(), caller.name(), body));
    }

    @POST
    @Path("/bulk-get")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "bulkGetAudiences", summary = "Read several audiences")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "BulkRequest")))
    @APIResponse(
            responseCode = "207",
            description = "An audience or an error for each id",
            content = @Content(schema = @Schema(ref = "BulkAudiences")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public RestResponse<BulkResults> bulkGet(JsonNode body) {
        return lookup.bulkGet(sandboxes.find(caller.tenant()), body).response();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getAudience", summary = "Read an audience")
    @Parameter(ref = "IfNoneMatch")
    @Parameter(ref = "WithMetrics")
    @APIResponse(responseCode = "200", description = "The audience")
    public RestResponse<AudienceDocument> get(
            @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        ignored.parametersBut(AudienceQuery.parametersOfOne(uri.getQueryParameters()));
        boolean withMetrics = AudienceQuery.isWithMetrics(uri.getQueryParameters());
        AudienceDocument audience = lookup.get(sandbox(id), id, withMetrics);
        return answerUnlessKnown(audience, withMetrics, headers);
    }

    @RolesAllowed(Roles.EDITOR)
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateAudience", summary = "Overwrite an audience", description = """
                    Fields missing from the body are reset to their defaults. A body that changes nothing keeps the entity tag and \
                    the time of the last update.\
                    """)
    @Parameter(ref = "IfMatch")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "AudienceInput")))
    @APIResponse(responseCode = "200", description = "The changed audience")
    public RestResponse<AudienceDocument> replace(
            @PathParam("id") String id, JsonNode body, @Context HttpHeaders headers) {
        ignored.propertiesBut(body, AudienceField.PROPERTIES);
        return answer(audiences.replace(sandbox(id), caller.name(), id, Preconditions.of(headers), body));
    }

    @RolesAllowed(Roles.EDITOR)
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    @Operation(
            operationId = "patchAudience",
            summary = "Change fields of an audience",
            description = "A patch that changes nothing keeps the entity tag and the time of the last update.")
    @Parameter(ref = "IfMatch")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "JsonPatch")))
    @APIResponse(responseCode = "200", description = "The changed audience")
    public RestResponse<AudienceDocument> patch(
            @PathParam("id") String id, JsonNode body, @Context HttpHeaders headers) {
        return answer(audiences.patch(sandbox(id), caller.name(), id, Preconditions.of(headers), body));
    }

    @RolesAllowed(Roles.EDITOR)
    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteAudience", summary = "Delete an audience")
    @Parameter(ref = "IfMatch")
    @APIResponse(responseCode = "204", description = "The audience is deleted")
    public void delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        audiences.archive(sandbox(id), caller.name(), id, Preconditions.of(headers));
    }

    /** @throws NotFound if the sandbox does not exist yet, because it has no audiences then */
    private Sandbox sandbox(String audienceId) {
        return sandboxes.find(caller.tenant()).orElseThrow(() -> AudienceService.notFound(audienceId));
    }

    /** Returns a 200 with an audience and its entity tag. */
    static RestResponse<AudienceDocument> answer(AudienceDocument audience) {
        return TaggedResponse.ok(audience, audience.entityTag()).build();
    }

    /**
     * Returns a 200 with an audience, or a 304 if the client has this version.
     *
     * @param withMetrics whether the audience includes metrics. These change without the entity tag, so there is no
     *     304.
     */
    static RestResponse<AudienceDocument> answerUnlessKnown(
            AudienceDocument audience, boolean withMetrics, HttpHeaders headers) {
        return withMetrics ? answer(audience) : TaggedResponse.okUnlessKnown(audience, audience.entityTag(), headers);
    }
}
