package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /preview}. */
record PreviewRequest(
        @Schema(
                required = true,
                description = "The expression that selects the profiles",
                examples = "homeAddress.countryCode = \"US\"")
        String predicateExpression,

        @Schema(
                description = "`pql/text` by default",
                enumeration = {ExpressionDocument.TEXT, ExpressionDocument.JSON, ExpressionDocument.PQL})
        String predicateType,

        @Schema(description = "Only profiles can be previewed", examples = MODEL)
        String predicateModel) {

    static final String MODEL = "_xdm.context.profile";
    static final Set<String> PROPERTIES = Set.of("predicateExpression", "predicateType", "predicateModel");

    /** The names of the model in the hosted service's documentation. */
    private static final Set<String> MODELS = Set.of(MODEL, "xdm.model.profile", "_xdm.model.profile");

    private static final int WORD = 256;

    /** @throws InvalidRequest when a property is missing or malformed */
    static PreviewRequest read(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.of(body, violations);
        Optional<String> expression =
                fields.required("predicateExpression", fields.text("predicateExpression", Integer.MAX_VALUE));
        String type = fields.text("predicateType", WORD).orElse(ExpressionDocument.TEXT);
        if (!Set.of(ExpressionDocument.TEXT, ExpressionDocument.JSON, ExpressionDocument.PQL)
                .contains(type)) {
            fields.refuse("predicateType", "must be pql/text, pql/json or PQL");
        }
        String model = fields.text("predicateModel", WORD).orElse(MODEL);
        if (!MODELS.contains(model)) {
            fields.refuse("predicateModel", "must be " + MODEL);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new PreviewRequest(expression.orElseThrow(), type, model);
    }

    ExpressionDocument expression() {
        String format = predicateType.equals(ExpressionDocument.PQL) ? ExpressionDocument.TEXT : predicateType;
        return new ExpressionDocument(ExpressionDocument.PQL, format, predicateExpression);
    }
}
