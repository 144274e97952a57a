package dev.pequel.expression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.pql.syntax.PqlWriter;
import dev.pequel.pql.term.EvaluationMethods;
import dev.pequel.problem.DiagnosticsJson;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code POST /pql/check}. */
@Schema(
        name = "CheckAnswer",
        requiredProperties = {
            "valid",
            "resultType",
            "fields",
            "dependencies",
            "evaluationInfo",
            "normalized",
            "diagnostics"
        })
record CheckAnswer(
        @Schema(description = "Whether an audience could be created with the expression.")
        boolean valid,

        @Schema(description = "The type of the result, if known.", examples = "Boolean")
        String resultType,

        @Schema(
                description = "The paths that the expression reads.",
                examples = "[\"homeAddress.countryCode\", \"xEvent.commerce.order.priceTotal\"]")
        Collection<String> fields,

        @Schema(description = "Ids of the audiences that the expression refers to.")
        Collection<String> dependencies,

        @Schema(description = "How an audience with the expression is evaluated.")
        EvaluationInfo evaluationInfo,

        @Schema(description = "The expression in canonical form; `null` if it could not be parsed.", nullable = true)
        Optional<String> normalized,

        @Schema(ref = "Diagnostics") ArrayNode diagnostics) {

    /**
     * The default evaluation methods of an audience with the expression, and the methods that its client may choose.
     */
    @Schema(name = "CheckedEvaluation")
    record EvaluationInfo(
            Method batch,

            @Schema(description = "As events arrive, also called streaming.")
            Method continuous,

            @Schema(description = "On the edge.") Method synchronous,

            @Schema(description = "Why the faster methods are or are not possible.")
            String reason) {

        static EvaluationInfo of(EvaluationMethods methods) {
            return new EvaluationInfo(
                    new Method(!methods.streaming(), true),
                    new Method(methods.streaming(), methods.streaming()),
                    new Method(false, methods.edge()),
                    methods.reason());
        }
    }

    /**
     * @param enabled whether the method is used when the client chooses none
     * @param eligible whether the client may choose the method
     */
    @Schema(name = "CheckedMethod")
    record Method(
            @Schema(description = "Used if the client chooses no method for the audience.")
            boolean enabled,

            @Schema(description = "Whether the method can be chosen.")
            boolean eligible) {}

    static CheckAnswer of(CheckResult examined) {
        return new CheckAnswer(
                !examined.hasErrors(),
                examined.checked().resultType().notation(),
                List.copyOf(examined.checked().fields()),
                List.copyOf(examined.checked().dependencies()),
                EvaluationInfo.of(examined.checked().methods()),
                examined.tree().map(PqlWriter::write),
                DiagnosticsJson.of(examined.diagnostics(), examined.document().value()));
    }
}
