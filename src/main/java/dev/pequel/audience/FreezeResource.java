package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.audience.store.ExternalAudienceDocument;
import dev.pequel.http.IgnoredInput;
import dev.pequel.segmentation.membership.FrozenMembers;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /audiences/{id}/freeze}: creates an external audience from the current members of an audience. */
@RolesAllowed(Roles.EDITOR)
@Path("/data/core/ups/audiences/{id}/freeze")
@Tag(name = "Audiences", description = "Sets of profiles, defined by an expression or supplied by the client.")
@Produces(MediaType.APPLICATION_JSON)
class FreezeResource {

    private final AudienceService audiences;
    private final FrozenMembers frozenMembers;
    private final Caller caller;
    private final IgnoredInput ignored;

    FreezeResource(AudienceService audiences, FrozenMembers frozenMembers, Caller caller, IgnoredInput ignored) {
        this.audiences = audiences;
        this.frozenMembers = frozenMembers;
        this.caller = caller;
        this.ignored = ignored;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "freezeAudience",
            summary = "Create an external audience from the current members of an audience",
            description = "The body describes the new audience; its members do not change with the other audience.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "AudienceInput"),
                            examples = @ExampleObject(name = "frozenAudience", ref = "FrozenAudience")))
    @APIResponse(
            responseCode = "200",
            description = "The new audience",
            content = @Content(schema = @Schema(implementation = ExternalAudienceDocument.class)))
    @APIResponse(responseCode = "409", ref = "Conflict")
    public RestResponse<AudienceDocument> freeze(@PathParam("id") String id, JsonNode body) {
        ignored.propertiesBut(body, AudienceField.PROPERTIES);
        FrozenMembers.Frozen members = frozenMembers.of(caller.tenant(), id);
        return AudienceResource.answer(audiences.createExternal(
                caller.tenant(),
                caller.name(),
                body,
                (sandbox, audience) -> frozenMembers.give(sandbox, audience, members)));
    }
}
