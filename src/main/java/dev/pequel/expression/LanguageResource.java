package dev.pequel.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /pql/language}: the vocabulary of the language, with documentation. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/pql/language")
@Tag(name = "Expressions", description = "Expressions in PQL: checked, tried, explained and converted.")
@Produces(MediaType.APPLICATION_JSON)
class LanguageResource {

    private final LanguageAnswer language = LanguageAnswer.create();
    private final EntityTag tag;

    LanguageResource(ObjectMapper json) throws JsonProcessingException {
        tag = new EntityTag(
                UUID.nameUUIDFromBytes(json.writeValueAsBytes(language)).toString());
    }

    @GET
    @Operation(
            operationId = "getLanguage",
            summary = "Read the vocabulary of the language",
            description = "Keywords, operators and functions of this version, each with a line of documentation.")
    @APIResponse(
            responseCode = "200",
            description = "The vocabulary",
            content = @Content(schema = @Schema(implementation = LanguageAnswer.class)))
    @APIResponse(responseCode = "304", description = "The vocabulary has the entity tag of `If-None-Match`")
    public RestResponse<LanguageAnswer> get(@Context Request request) {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        RestResponse.ResponseBuilder<LanguageAnswer> answer = unchanged == null
                ? RestResponse.ResponseBuilder.ok(language)
                : RestResponse.ResponseBuilder.create(unchanged.build().getStatusInfo());
        return answer.tag(tag).build();
    }
}
