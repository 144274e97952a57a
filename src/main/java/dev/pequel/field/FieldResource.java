package dev.pequel.field;

import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.RequestText;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /config/fields}: the fields of a sandbox's profiles, and their values. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/config/fields")
@Tag(name = "Schema", description = "The schema of a sandbox's profiles.")
@Produces(MediaType.APPLICATION_JSON)
class FieldResource {

    private final FieldService fields;
    private final FieldSettings settings;
    private final Caller caller;
    private final IgnoredInput ignored;

    FieldResource(FieldService fields, FieldSettings settings, Caller caller, IgnoredInput ignored) {
        this.fields = fields;
        this.settings = settings;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listFields", summary = "List the fields of profiles", description = """
                    Lists the fields of the schema, and those that only the data has, each with the number of profiles that \
                    have it. The keys of maps are no fields.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The fields in the order of their paths",
            content = @Content(schema = @Schema(implementation = FieldsAnswer.class)))
    public FieldsAnswer list(
            @Parameter(description = "The beginning of the path, in any letter case.", example = "homeAddress.c")
                    @QueryParam("prefix")
                    String prefix,
            @Parameter(
                            description = "Maximum number of fields.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("limit")
                    String limit) {
        ignored.parametersBut("prefix", "limit");
        return fields.fields(caller.tenant(), Optional.ofNullable(prefix).orElse(""), limit(limit));
    }

    @RolesAllowed(Roles.EDITOR)
    @GET
    @Path("/values")
    @Operation(operationId = "listFieldValues", summary = "List the values of a field", description = """
                    Lists the distinct strings of a field, each with the number of profiles that have it, the most frequent \
                    first. Strings of more than 1024 bytes are left out, and so are the values of a field that has only \
                    timestamps. The service may be configured not to list values.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The values",
            content = @Content(schema = @Schema(implementation = FieldValuesAnswer.class)))
    @APIResponse(responseCode = "403", description = "The service does not list values")
    @APIResponse(responseCode = "404", description = "Neither the schema nor the data have the field")
    public FieldValuesAnswer values(
            @Parameter(
                            description = "The path of the field, as `/config/fields` lists it.",
                            required = true,
                            example = "homeAddress.countryCode")
                    @QueryParam("path")
                    String path,
            @Parameter(description = "The beginning of the value, in any letter case.") @QueryParam("prefix")
                    String prefix,
            @Parameter(
                            description = "Maximum number of values.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("limit")
                    String limit) {
        ignored.parametersBut("path", "prefix", "limit");
        return fields.values(
                caller.tenant(),
                RequestText.required("path", path),
                Optional.ofNullable(prefix).orElse(""),
                limit(limit));
    }

    private int limit(String limit) {
        return Optional.ofNullable(limit)
                .map(text -> RequestText.wholeNumber("limit", text, 1, settings.maxOnPage()))
                .orElse(settings.onPage());
    }
}
