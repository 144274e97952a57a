package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.expression.ValueJson;
import dev.pequel.pql.Span;
import dev.pequel.pql.compile.Explanation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code POST /pql/explain}: the value of an expression and of its parts for a profile. */
@Schema(
        name = "ExplainAnswer",
        requiredProperties = {"expression", "value", "tree", "deciding"})
record ExplainAnswer(
        @Schema(description = "The expression as text; positions refer to it", examples = "loyalty.points > 1000.0")
        String expression,

        @Schema(description = "The value for the profile", implementation = Object.class, nullable = true)
        JsonNode value,

        @Schema(description = "The whole expression with the value of every part")
        Part tree,

        @Schema(description = "The smallest parts that determine the result")
        List<Place> deciding) {

    /** A part of the expression. */
    @Schema(name = "ExplainedPart")
    record Part(
            Place place,

            @Schema(
                    description =
                            "Its values: several for a part that sees the items of a list, of which the first 20 are shown",
                    implementation = Object[].class)
            List<JsonNode> values,

            @Schema(description = "Number of evaluations") int evaluations,

            List<Part> parts) {}

    /** The position of a part in the expression. */
    @Schema(name = "ExplainedPlace")
    record Place(
            @Schema(examples = "loyalty.points > 1000.0") String text, int line, int column, int offset, int length) {}

    static ExplainAnswer of(String text, Explanation explanation) {
        Part tree = part(text, explanation.root());
        return new ExplainAnswer(
                text,
                tree.values().getFirst(),
                tree,
                explanation.deciding().stream().map(span -> place(text, span)).toList());
    }

    private static Part part(String text, Explanation.Node node) {
        return new Part(
                place(text, node.span()),
                node.values().stream().map(ValueJson::of).toList(),
                node.evaluations(),
                node.children().stream().map(child -> part(text, child)).toList());
    }

    private static Place place(String text, Span span) {
        return new Place(
                text.substring(span.offset(), span.offset() + span.length()),
                span.line(),
                span.column(),
                span.offset(),
                span.length());
    }
}
