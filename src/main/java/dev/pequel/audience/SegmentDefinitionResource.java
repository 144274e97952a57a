package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.answer.Message;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.audience.store.AudienceQuery;
import dev.pequel.audience.store.SegmentDefinitionDocument;
import dev.pequel.http.BulkResults;
import dev.pequel.http.ClientMediaTypes;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.TaggedResponse;
import dev.pequel.http.request.Preconditions;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /segment/definitions}: the older path of segment definitions. */
@RolesAllowed(Roles.READER)
@Path(SegmentDefinitionResource.PATH)
@Tag(
        name = "Segment definitions",
        description =
                "The older path of audiences that are defined by an expression. It does not include external audiences.")
@Produces(MediaType.APPLICATION_JSON)
class SegmentDefinitionResource {

    static final String PATH = "/data/core/ups/segment/definitions";

    private static final String LOCATION = "X-Location";

    private final AudienceService audiences;
    private final AudienceLookup lookup;
    private final AudienceListing listing;
    private final Sandboxes sandboxes;
    private final Caller caller;
    private final IgnoredInput ignored;

    SegmentDefinitionResource(
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
    @Operation(operationId = "listSegmentDefinitions", summary = "List segment definitions")
    @Parameter(ref = "DefinitionStart")
    @Parameter(ref = "DefinitionLimit")
    @Parameter(ref = "DefinitionPage")
    @Parameter(ref = "DefinitionSort")
    @Parameter(ref = "BatchEnabled")
    @Parameter(ref = "ContinuousEnabled")
    @Parameter(ref = "SynchronousEnabled")
    @APIResponse(responseCode = "200", description = "A page of segment definitions")
    public SegmentDefinitionList list(@Context UriInfo uri) {
        ignored.parametersBut(AudienceQuery.parametersOfDefinitions(uri.getQueryParameters()));
        return listing.listDefinitions(caller.tenant(), uri.getQueryParameters());
    }

    @RolesAllowed(Roles.EDITOR)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createSegmentDefinition",
            summary = "Create a segment definition",
            description = "The header `X-Location` of the response contains the path of the new segment definition.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "AudienceInput"),
                            examples = {
                                @ExampleObject(name = "createSegmentDefinition", ref = "CreateSegmentDefinition")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The new segment definition",
            content = @Content(schema = @Schema(implementation = SegmentDefinitionDocument.class)))
    @APIResponse(responseCode = "409", ref = "Conflict")
    public RestResponse<AudienceDocument> create(JsonNode body) {
        ignored.propertiesBut(body, AudienceField.PROPERTIES);
        return located(audiences.createDefinition(caller.tenant(), caller.name(), body));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSegmentDefinition", summary = "Read a segment definition")
    @Parameter(ref = "IfNoneMatch")
    @Parameter(ref = "WithMetrics")
    @APIResponse(
            responseCode = "200",
            description = "The segment definition",
            content = @Content(schema = @Schema(implementation = SegmentDefinitionDocument.class)))
    public RestResponse<AudienceDocument> get(
            @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        ignored.parametersBut(AudienceQuery.parametersOfOne(uri.getQueryParameters()));
        boolean withMetrics = AudienceQuery.isWithMetrics(uri.getQueryParameters());
        AudienceDocument definition = lookup.getDefinition(sandbox(id), id, withMetrics);
        return AudienceResource.answerUnlessKnown(definition, withMetrics, headers);
    }

    @RolesAllowed(Roles.EDITOR)
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, ClientMediaTypes.MERGE_PATCH})
    @Operation(
            operationId = "patchSegmentDefinition",
            summary = "Change fields of a segment definition",
            description =
                    "The body contains the fields to change (RFC 7396): other fields are unchanged, and `null` resets"
                            + " a field to its default. A body that changes nothing keeps the entity tag and the time of the"
                            + " last update.")
    @Parameter(ref = "IfMatch")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "AudienceChanges")))
    @APIResponse(
            responseCode = "200",
            description = "The changed segment definition",
            content = @Content(schema = @Schema(implementation = SegmentDefinitionDocument.class)))
    public RestResponse<AudienceDocument> patch(
            @PathParam("id") String id, JsonNode body, @Context HttpHeaders headers) {
        ignored.propertiesBut(body, AudienceField.PROPERTIES);
        return located(audiences.mergeDefinition(sandbox(id), caller.name(), id, Preconditions.of(headers), body));
    }

    @RolesAllowed(Roles.EDITOR)
    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteSegmentDefinition", summary = "Delete a segment definition")
    @Parameter(ref = "IfMatch")
    @APIResponse(
            responseCode = "200",
            description = "The segment definition is deleted",
            content =
                    @Content(
                            schema = @Schema(implementation = Message.class),
                            examples = @ExampleObject(name = "definitionDeleted", ref = "DefinitionDeleted")))
    public Message delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        audiences.archiveDefinition(sandbox(id), caller.name(), id, Preconditions.of(headers));
        return Message.of("The segment definition " + id + " is deleted.");
    }

    @POST
    @Path("/bulk-get")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "bulkGetSegmentDefinitions",
            summary = "Read several segment definitions",
            description = "As for audiences.")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "BulkRequest")))
    @APIResponse(
            responseCode = "207",
            description = "A segment definition or an error for each id",
            content = @Content(schema = @Schema(ref = "BulkAudiences")))
    public RestResponse<BulkResults> bulkGet(JsonNode body) {
        return lookup.bulkGetDefinitions(sandboxes.find(caller.tenant()), body).response();
    }

    private Sandbox sandbox(String id) {
        return sandboxes.find(caller.tenant()).orElseThrow(() -> AudienceService.notFound(id));
    }

    private static RestResponse<AudienceDocument> located(AudienceDocument definition) {
        return TaggedResponse.ok(definition, definition.entityTag())
                .header(LOCATION, PATH + "/" + definition.id())
                .build();
    }
}
