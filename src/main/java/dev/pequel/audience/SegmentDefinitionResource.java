package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.Roles;
import dev.pequel.tenant.Sandboxes;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /segment/definitions}, the older path of those audiences that an expression defines. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/segment/definitions")
@Tag(name = "Audiences")
@Produces(MediaType.APPLICATION_JSON)
class SegmentDefinitionResource {

    private static final int MULTI_STATUS = 207;

    private final AudienceLookup audiences;
    private final Sandboxes sandboxes;
    private final Caller caller;

    SegmentDefinitionResource(AudienceLookup audiences, Sandboxes sandboxes, Caller caller) {
        this.sandboxes = sandboxes;
        this.audiences = audiences;
        this.caller = caller;
    }

    @POST
    @Path("/bulk-get")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "bulkGetSegmentDefinitions",
            summary = "Read several segment definitions",
            description = "As of audiences, but external ones are not found here.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "BulkRequest"),
                            examples = {@ExampleObject(name = "bulkRequest", ref = "BulkRequest")}))
    @APIResponse(
            responseCode = "207",
            description = "A segment definition or an error for each id",
            content = @Content(schema = @Schema(ref = "BulkAnswer")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response bulkGet(JsonNode body) {
        return Response.status(MULTI_STATUS)
                .entity(audiences.bulkGetDefinitions(sandboxes.find(caller.tenant()), body))
                .build();
    }
}
