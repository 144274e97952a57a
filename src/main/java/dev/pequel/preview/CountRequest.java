package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.http.request.BodyFields;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /pql/count}. */
@Schema(name = "CountRequest")
record CountRequest(
        @Schema(required = true, minItems = 1, description = "The expressions to count profiles for.")
        List<ExpressionDocument> expressions,

        @Schema(
                implementation = Boolean.class,
                description =
                        "Whether to count profiles for each condition within the expressions too; `false` by default.")
        boolean parts,

        @Schema(implementation = Compared.class) Optional<Compared> compareWith) {

    static final Set<String> PROPERTIES = Set.of("expressions", "parts", "compareWith");

    private static final int LONGEST_ID = 2048;

    /** An audience, or an expression. */
    @Schema(name = "ComparedWith", description = "What each expression is compared with: an audience or an expression.")
    record Compared(
            @Schema(implementation = String.class, description = "An audience; not allowed with `expression`.")
            Optional<UUID> audienceId,

            @Schema(ref = "Expression") Optional<ExpressionDocument> expression) {}

    /**
     * @param maxExpressions maximum number of expressions
     * @throws InvalidRequest when a property is missing or malformed
     */
    static CountRequest read(JsonNode body, int maxExpressions) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(body, violations);
        List<ExpressionDocument> expressions = expressions(body, fields, maxExpressions, violations);
        boolean parts = fields.flag("parts").orElse(false);
        Optional<Compared> compared =
                fields.has("compareWith") ? Optional.of(compared(fields.object("compareWith"))) : Optional.empty();
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new CountRequest(expressions, parts, compared);
    }

    private static List<ExpressionDocument> expressions(
            JsonNode body, BodyFields fields, int most, List<Violation> violations) {
        JsonNode list = body.path("expressions");
        List<ExpressionDocument> expressions = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            fields.refuse("expressions", "must be an array with at least one expression");
        } else if (list.size() > most) {
            fields.refuse("expressions", "has " + list.size() + " items, more than the " + most + " that are allowed");
        } else {
            for (int i = 0; i < list.size(); i++) {
                BodyFields item = BodyFields.of(list.get(i), "expressions[" + i + "].", violations);
                if (item.present()) {
                    ExpressionDocument.of(item).ifPresent(expressions::add);
                } else {
                    fields.refuse("expressions[" + i + "]", "must be an object with the property `value`");
                }
            }
        }
        return expressions;
    }

    private static Compared compared(BodyFields fields) {
        Optional<ExpressionDocument> expression =
                fields.has("expression") ? ExpressionDocument.read(fields) : Optional.empty();
        Optional<UUID> audience = fields.text("audienceId", LONGEST_ID).flatMap(id -> {
            Optional<UUID> found = RequestText.id(id);
            if (found.isEmpty()) {
                fields.refuse("audienceId", "must be the id of an audience");
            }
            return found;
        });
        if (fields.present() && fields.has("expression") == fields.has("audienceId")) {
            fields.refuse("expression", "is required without `audienceId`, and not allowed with it");
        }
        return new Compared(audience, expression);
    }
}
