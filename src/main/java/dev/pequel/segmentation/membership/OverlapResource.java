package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /audiences/overlap}. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/audiences/overlap")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Members", description = "The profiles in an audience.")
class OverlapResource {

    private final Overlaps overlaps;
    private final Caller caller;

    OverlapResource(Overlaps overlaps, Caller caller) {
        this.overlaps = overlaps;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "countOverlaps",
            summary = "Count the profiles that audiences have in common",
            description = "For each pair and for all together, according to their last evaluation.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class),
                            examples =
                                    @ExampleObject(
                                            name = "Two audiences",
                                            value = "[\"60ccea95-1435-4180-97a5-58af4aa285ab\","
                                                    + " \"32a83b5d-a118-4bd6-b3cb-3aee2f4c30a1\"]")))
    @APIResponse(
            responseCode = "200",
            description = "The numbers",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OverlapCounts.class),
                            examples = @ExampleObject(name = "Two audiences", value = """
                                            {"audiences": [
                                              {"id": "60ccea95-1435-4180-97a5-58af4aa285ab", "totalProfiles": 6,
                                               "evaluationTime": 1763900000000},
                                              {"id": "32a83b5d-a118-4bd6-b3cb-3aee2f4c30a1", "totalProfiles": 4,
                                               "evaluationTime": 1763900000000}],
                                             "pairs": [{"ids": ["60ccea95-1435-4180-97a5-58af4aa285ab",
                                               "32a83b5d-a118-4bd6-b3cb-3aee2f4c30a1"],
                                               "inBoth": 2, "inEither": 8, "similarity": 0.25}],
                                             "total": {"inAll": 2, "inAny": 8}}
                                            """)))
    public OverlapCounts of(JsonNode body) {
        return overlaps.of(caller.tenant(), body);
    }
}
