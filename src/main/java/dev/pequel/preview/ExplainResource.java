package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.IgnoredInput;
import dev.pequel.tenant.Caller;
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

/** {@code /pql/explain}: explains the value of an expression for a profile. */
@RolesAllowed(Roles.EDITOR)
@Path("/data/core/ups/pql/explain")
@Tag(name = "Expressions", description = "Expressions in PQL: checked, tried, explained and converted.")
@Produces(MediaType.APPLICATION_JSON)
class ExplainResource {

    private final Explanations explanations;
    private final Caller caller;
    private final IgnoredInput ignored;

    ExplainResource(Explanations explanations, Caller caller, IgnoredInput ignored) {
        this.explanations = explanations;
        this.caller = caller;
        this.ignored = ignored;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "explainExpression", summary = "Explain an expression for a profile", description = """
                    Evaluates an expression, or that of an audience, for one stored profile, and shows the value of every part \
                    of it and the parts that settle the result.\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ExplainRequest.class),
                            examples = {
                                @ExampleObject(name = "expression", value = """
                                                {"expression": {"value": "loyalty.points > 1000.0 and homeAddress.countryCode = \\"US\\""},
                                                 "identity": {"namespace": "email", "id": "jo@example.com"}}
                                                """),
                                @ExampleObject(name = "audience", value = """
                                                {"audienceId": "60ccea95-1435-4180-97a5-58af4aa285ab",
                                                 "identity": {"namespace": "crmid", "id": "C-1"}}
                                                """)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The values",
            content =
                    @Content(
                            schema = @Schema(implementation = ExplainAnswer.class),
                            examples = @ExampleObject(name = "explainedExpression", ref = "ExplainedExpression")))
    public ExplainAnswer explain(JsonNode body) {
        ignored.propertiesBut(body, ExplainRequest.PROPERTIES);
        return explanations.explain(caller.tenant(), ExplainRequest.read(body));
    }
}
