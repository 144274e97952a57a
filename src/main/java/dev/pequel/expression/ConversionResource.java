package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /segment/conversion}: converts the expression of a segment definition between text and tree. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/segment/conversion")
@Tag(name = "Expressions", description = "Expressions in PQL: checked, tried, explained and converted.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ConversionResource {

    private final Conversion conversion;

    ConversionResource(Conversion conversion) {
        this.conversion = conversion;
    }

    @POST
    @Operation(operationId = "convertSegmentDefinition", summary = "Convert a segment definition", description = """
                    Converts the expression of a segment definition from `pql/text` to `pql/json` or from `pql/json` to \
                    `pql/text`. All other properties are answered as they were sent, and nothing is stored. Names and types are \
                    not checked.\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = SegmentDefinition.class),
                            examples = {
                                @ExampleObject(name = "text", value = """
                                                {"name": "US residents", "schema": {"name": "_xdm.context.profile"},
                                                 "expression": {"type": "PQL", "format": "pql/text",
                                                  "value": "workAddress.country = \\"US\\""}}
                                                """),
                                @ExampleObject(name = "json", value = """
                                                {"name": "a is b", "schema": {"name": "_xdm.context.profile"},
                                                 "expression": {"type": "PQL", "format": "pql/json", "value":
                                                  "{\\"nodeType\\":\\"fnApply\\",\\"fnName\\":\\"=\\",\\"params\\":[\
                                                {\\"nodeType\\":\\"fieldLookup\\",\\"fieldName\\":\\"a\\",\\"object\\":{\\"nodeType\\":\\"parameterReference\\",\\"position\\":1}},\
                                                {\\"nodeType\\":\\"fieldLookup\\",\\"fieldName\\":\\"b\\",\\"object\\":{\\"nodeType\\":\\"parameterReference\\",\\"position\\":1}}]}"}}
                                                """)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The segment definition with its expression in the other format",
            content =
                    @Content(
                            schema = @Schema(implementation = SegmentDefinition.class),
                            examples = @ExampleObject(name = "convertedDefinition", ref = "ConvertedDefinition")))
    public ObjectNode convert(JsonNode body) {
        return conversion.convert(body);
    }

    /** The properties that the conversion reads. A segment definition may have any others. */
    @Schema(name = "SegmentDefinitionToConvert", additionalProperties = Schema.True.class)
    record SegmentDefinition(
            @Schema(nullable = true) String name,
            @Schema(nullable = true) String description,
            @Schema(required = true) ExpressionDocument expression) {}
}
