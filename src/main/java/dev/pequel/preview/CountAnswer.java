package dev.pequel.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.expression.CheckResult;
import dev.pequel.pql.Span;
import dev.pequel.problem.DiagnosticsJson;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Result;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.roaringbitmap.RoaringBitmap;

/** The response of {@code POST /pql/count}. All numbers are of the same profiles and the same time. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "CountAnswer")
record CountAnswer(
        @Schema(description = "Number of profiles in the sandbox.", examples = "1000")
        int profiles,

        @Schema(description = "The value of `now`, in milliseconds since 1970.", examples = "1796079600000")
        long evaluationTime,

        @Schema(description = "The result of each expression, in the order of the request.")
        List<Count> counts,

        @Schema(description = "The result of `compareWith`, without parts; absent without it.")
        Optional<Count> comparedWith) {

    /** The number of profiles of an expression, or what is wrong with it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Count")
    record Count(
            @Schema(description = "Whether the expression has no errors.")
            boolean valid,

            @Schema(ref = "Diagnostics") ArrayNode diagnostics,

            @Schema(description = "Number of profiles; absent if the expression was not evaluated.")
            Optional<Integer> totalProfiles,

            @Schema(description = "Number of these profiles with an identity in each namespace.")
            Optional<Map<String, Integer>> totalProfilesByNamespace,

            @Schema(description = "Why the valid expression cannot be evaluated.")
            Optional<String> countError,

            @Schema(description = "The expression as text, to which the positions of `parts` refer.")
            Optional<String> expression,

            @Schema(
                    description =
                            "The conditions over a profile within the expression, in the order of the text, each before those within it.")
            Optional<List<Part>> parts,

            Optional<Comparison> comparison) {

        /**
         * @param result empty if the expression has errors
         * @param parts empty if the request asks for none
         */
        static Count of(
                CheckResult examined,
                Optional<Result> result,
                Optional<CountedParts> parts,
                Optional<Comparison> comparison) {
            return of(
                    !examined.hasErrors(),
                    DiagnosticsJson.of(
                            examined.diagnostics(), examined.document().value()),
                    result,
                    parts,
                    comparison);
        }

        static Count ofAudience(Result result) {
            return of(true, DiagnosticsJson.of(List.of()), Optional.of(result), Optional.empty(), Optional.empty());
        }

        private static Count of(
                boolean valid,
                ArrayNode diagnostics,
                Optional<Result> result,
                Optional<CountedParts> parts,
                Optional<Comparison> comparison) {
            Optional<Selection> selection = result.flatMap(Result::selection);
            return new Count(
                    valid,
                    diagnostics,
                    selection.map(selected -> selected.members().getCardinality()),
                    selection.map(Selection::membersByNamespace),
                    result.flatMap(Result::failure),
                    parts.map(CountedParts::text),
                    parts.map(CountedParts::parts),
                    comparison);
        }
    }

    /** @param text the expression to which the positions of the parts refer */
    record CountedParts(String text, List<Part> parts) {}

    /** A condition over a profile within an expression. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "CountedPart")
    record Part(
            @Schema(description = "From 1.") int line,

            @Schema(description = "From 1, in UTF-16 code units.")
            int column,

            @Schema(description = "From 0, in UTF-16 code units.")
            int offset,

            @Schema(description = "In UTF-16 code units.") int length,

            @Schema(description = "Number of profiles; absent if the condition cannot be evaluated by itself.")
            Optional<Integer> totalProfiles) {

        static Part of(Span span, OptionalInt count) {
            return new Part(
                    span.line(),
                    span.column(),
                    span.offset(),
                    span.length(),
                    count.isPresent() ? Optional.of(count.getAsInt()) : Optional.empty());
        }
    }

    /** How the profiles of an expression differ from those of {@code comparedWith}. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(
            name = "CountComparison",
            description = "Compares with `comparedWith`; absent if one of both was not evaluated.")
    record Comparison(
            @Schema(description = "Profiles of the expression alone.")
            int entering,

            @Schema(description = "Profiles of `comparedWith` alone.")
            int leaving,

            @Schema(description = "Profiles of both.") int staying) {

        static Comparison of(Selection selection, Selection before) {
            int staying = RoaringBitmap.andCardinality(selection.members(), before.members());
            return new Comparison(
                    selection.members().getCardinality() - staying,
                    before.members().getCardinality() - staying,
                    staying);
        }
    }
}
