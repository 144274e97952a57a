package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of {@code POST /pql/check}.
 *
 * @param purpose {@code segment} or {@code value}
 * @param inputs names of further inputs, in the order of positions from 2
 */
@Schema(name = "CheckRequest")
record CheckRequest(
        @Schema(required = true) ExpressionDocument expression,

        @Schema(
                description = "`segment`, the default, requires a condition; `value` allows a result of any type.",
                enumeration = {PurposeWord.SEGMENT, PurposeWord.VALUE})
        String purpose,

        @Schema(description = "Names of further inputs beside the profile, in the order of their positions from `$2`.")
        List<String> inputs) {

    static final Set<String> PROPERTIES = Set.of("expression", "purpose", "inputs");

    /** @throws InvalidRequest when the body is malformed */
    static CheckRequest read(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(body, violations);
        Optional<ExpressionDocument> expression = ExpressionDocument.read(fields);
        String purpose = PurposeWord.read(fields, PurposeWord.SEGMENT);
        List<String> inputs = fields.texts("inputs", NamedInputs.MOST, NamedInputs.LONGEST_NAME)
                .orElse(List.of());
        NamedInputs.checkNames(fields, inputs);
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new CheckRequest(expression.orElseThrow(), purpose, inputs);
    }
}
