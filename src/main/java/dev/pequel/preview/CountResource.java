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

/** {@code /pql/count}: counts the profiles that expressions select. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/pql/count")
@Tag(name = "Expressions", description = "Expressions in PQL: checked, tried, explained and converted.")
@Produces(MediaType.APPLICATION_JSON)
class CountResource {

    private final Counts counts;
    private final CountSettings settings;
    private final Caller caller;
    private final IgnoredInput ignored;

    CountResource(Counts counts, CountSettings settings, Caller caller, IgnoredInput ignored) {
        this.counts = counts;
        this.settings = settings;
        this.caller = caller;
        this.ignored = ignored;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "countProfiles", summary = "Count the profiles that expressions select", description = """
                    Counts exactly, over all profiles of the sandbox, and stores nothing. With `parts`, each condition over a \
                    profile within an expression is counted too. With `compareWith`, the response tells how many profiles \
                    each expression has more and less than an audience or another expression. An expression with errors is \
                    answered with its diagnostics, as by `/pql/check`, and the others are counted. When the client closes \
                    the connection, the evaluation is cancelled.\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = CountRequest.class),
                            examples = {
                                @ExampleObject(name = "parts", summary = "With the conditions within it", value = """
                                                {"expressions": [{"value": "homeAddress.countryCode = \\"US\\" and loyalty.points > 100"}],
                                                 "parts": true}
                                                """),
                                @ExampleObject(name = "audience", summary = "Compared with an audience", value = """
                                                {"expressions": [{"value": "homeAddress.countryCode = \\"US\\""}],
                                                 "compareWith": {"audienceId": "60ccea95-1435-4180-97a5-58af4aa285ab"}}
                                                """),
                                @ExampleObject(
                                        name = "expression",
                                        summary = "Compared with an expression",
                                        value = """
                                                {"expressions": [{"value": "loyalty.points > 100"}, {"value": "loyalty.points > 200"}],
                                                 "compareWith": {"expression": {"value": "loyalty.points > 150"}}}
                                                """)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The numbers",
            content =
                    @Content(
                            schema = @Schema(implementation = CountAnswer.class),
                            examples = @ExampleObject(name = "countedExpression", ref = "CountedExpression")))
    @APIResponse(responseCode = "404", description = "The audience to compare with does not exist")
    public CountAnswer count(JsonNode body) {
        ignored.propertiesBut(body, CountRequest.PROPERTIES);
        return counts.count(caller.tenant(), CountRequest.read(body, settings.countedExpressions()));
    }
}
