package dev.pequel.expression;

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

/** {@code /pql}: checks an expression without saving it, and evaluates it for a profile in the request. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/pql")
@Tag(name = "Expressions", description = "Check expressions, try them on a profile and convert them.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PqlResource {

    private final ExpressionService expressions;
    private final DataWarnings data;
    private final Evaluation evaluation;
    private final Caller caller;
    private final IgnoredInput ignored;

    PqlResource(
            ExpressionService expressions,
            DataWarnings data,
            Evaluation evaluation,
            Caller caller,
            IgnoredInput ignored) {
        this.expressions = expressions;
        this.data = data;
        this.evaluation = evaluation;
        this.caller = caller;
        this.ignored = ignored;
    }

    @POST
    @Path("/check")
    @Operation(operationId = "checkExpression", summary = "Check an expression without saving it", description = """
                    Tells whether the expression is valid in the caller's sandbox, of which type its result is, which fields and \
                    audiences it refers to, how an audience with it would be evaluated, and everything that is wrong or \
                    doubtful about it, each with its exact place. The audiences that it refers to must exist. An invalid \
                    expression is not a failed request.\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = CheckRequest.class),
                            examples = {
                                @ExampleObject(name = "valid", value = """
                                                {"expression": {"type": "PQL", "format": "pql/text",
                                                  "value": "homeAddress.countryCode = \\"US\\" and person.birthYear > 1990"}}
                                                """),
                                @ExampleObject(name = "invalid", summary = "A mistyped function", value = """
                                                {"expression": {"type": "PQL", "format": "pql/text",
                                                  "value": "person.name.firstName.startWith(\\"Jo\\")"}}
                                                """),
                                @ExampleObject(
                                        name = "value",
                                        summary = "An expression that computes something",
                                        value = """
                                                {"expression": {"value": "xEvent.sum(commerce.order.priceTotal)"}, "purpose": "value"}
                                                """)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The result of the check",
            content =
                    @Content(
                            schema = @Schema(implementation = CheckAnswer.class),
                            examples = @ExampleObject(name = "checkedExpression", ref = "CheckedExpression")))
    public CheckAnswer check(JsonNode body) {
        ignored.propertiesBut(body, CheckRequest.PROPERTIES);
        CheckRequest request = CheckRequest.read(body);
        CheckResult examined = expressions.examineWithReferences(
                caller.tenant(),
                request.expression(),
                PurposeWord.of(request.purpose()),
                NamedInputs.of(request.inputs()));
        return CheckAnswer.of(examined.warned(data.of(caller.tenant(), examined, caller.has(Roles.EDITOR))));
    }

    @POST
    @Path("/evaluate")
    @Operation(operationId = "evaluateExpression", summary = "Try an expression on a profile", description = """
                    Evaluates the expression for one profile that is part of the request, by the same compiled evaluator as \
                    everything else. Audiences that the expression refers to are looked up in the profile's \
                    `segmentMembership`. A missing value is `null`.\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = EvaluateRequest.class),
                            examples = {
                                @ExampleObject(name = "segment", summary = "Is the profile a member?", value = """
                                                {"purpose": "segment", "now": "2018-08-28T10:00:00Z",
                                                 "expression": {"type": "PQL", "format": "pql/text",
                                                  "value": "xEvent[timestamp occurs < 7 days before now].exists(eventType = \\"commerce.purchases\\")"},
                                                 "profile": {"xEvent": [
                                                  {"_id": "e1", "timestamp": "2018-08-26T12:00:00Z", "eventType": "commerce.purchases"}]}}
                                                """),
                                @ExampleObject(
                                        name = "value",
                                        summary = "What does the expression compute?",
                                        value = """
                                                {"expression": {"value": "person.orders.sum(price)"},
                                                 "profile": {"person": {"orders": [{"price": 10.0}, {"price": 25.5}]}}}
                                                """)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The value",
            content =
                    @Content(
                            schema = @Schema(implementation = EvaluateAnswer.class),
                            examples = @ExampleObject(name = "evaluatedExpression", ref = "EvaluatedExpression")))
    public EvaluateAnswer evaluate(JsonNode body) {
        ignored.propertiesBut(body, EvaluateRequest.PROPERTIES);
        return evaluation.evaluate(caller.tenant(), EvaluateRequest.read(body));
    }
}
