package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.problem.PreconditionFailed;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /config/schema}: reads, stores and removes the schema of the caller's sandbox. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/config/schema")
@Tag(name = "Schema", description = "The schema of a sandbox's profiles.")
@Produces(MediaType.APPLICATION_JSON)
class SchemaResource {

    private static final String EXAMPLE = """
            {"$schema": "http://json-schema.org/draft-06/schema#", "type": "object",
             "properties": {
              "person": {"type": "object", "properties": {
               "firstName": {"type": "string"},
               "birthDate": {"type": "string", "format": "date"}}},
              "favoriteColors": {"type": "array", "items": {"type": "string"}},
              "scores": {"type": "object", "additionalProperties": {"type": "number"}},
              "xEvent": {"type": "array", "items": {"type": "object", "properties": {
               "eventType": {"type": "string"},
               "priceTotal": {"type": "number"}}}}}}
            """;

    private final SchemaService schemas;
    private final Caller caller;

    SchemaResource(SchemaService schemas, Caller caller) {
        this.schemas = schemas;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getSchema", summary = "Read the stored schema")
    @APIResponse(
            responseCode = "200",
            description = "The stored schema",
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class),
                            example = EXAMPLE))
    @APIResponse(responseCode = "404", description = "The sandbox has no stored schema; the built-in schema applies")
    public Response get(@Context Request request) {
        SchemaDocument schema = schemas.get(caller.tenant());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(entityTag(schema.etag()));
        return unchanged == null ? answer(schema) : unchanged.build();
    }

    @RolesAllowed(Roles.ADMIN)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putSchema", summary = "Store a schema", description = """
                    Stores the schema of the sandbox's profiles, JSON Schema as XDM writes it, in place of the one there is. From \
                    then on expressions are checked strictly: a field that the schema does not have is an error. Audiences that \
                    are stored already stay as they are. The property `xEvent` describes the experience events; without it the \
                    built-in events apply. References (`$ref`) must lead to places within the document.\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class),
                            example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The stored schema",
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class),
                            example = EXAMPLE))
    @APIResponse(responseCode = "412", description = "The stored schema does not match `If-Match`")
    public Response put(JsonNode body, @Context Request request) {
        return answer(schemas.put(caller.tenant(), caller.name(), unchangedFor(request), body));
    }

    @RolesAllowed(Roles.ADMIN)
    @DELETE
    @Operation(
            operationId = "deleteSchema",
            summary = "Remove the stored schema",
            description = "Afterwards, the built-in schema applies, which defines the usual fields and allows others.")
    @APIResponse(responseCode = "204", description = "The schema was removed")
    @APIResponse(responseCode = "404", description = "The sandbox has no stored schema")
    @APIResponse(responseCode = "412", description = "The stored schema does not match `If-Match`")
    public void delete(@Context Request request) {
        schemas.delete(caller.tenant(), caller.name(), unchangedFor(request));
    }

    /** Returns the precondition of the request's headers {@code If-Match} and {@code If-None-Match}. */
    private static Consumer<Optional<UUID>> unchangedFor(Request request) {
        return present -> {
            Response.ResponseBuilder refusal = present.isPresent()
                    ? request.evaluatePreconditions(entityTag(present.get()))
                    : request.evaluatePreconditions();
            if (refusal != null) {
                throw new PreconditionFailed(present.map(etag -> "The schema's entity tag is now \"" + etag + "\".")
                        .orElse("The sandbox has no stored schema."));
            }
        };
    }

    private static Response answer(SchemaDocument schema) {
        return Response.ok(schema.document()).tag(entityTag(schema.etag())).build();
    }

    private static EntityTag entityTag(UUID etag) {
        return new EntityTag(etag.toString());
    }
}
