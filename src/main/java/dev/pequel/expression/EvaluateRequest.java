package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.column.IsoTime;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of {@code POST /pql/evaluate}.
 *
 * @param profile the profile, a JSON object
 * @param now the time of the evaluation; empty for the current time
 * @param purpose {@code segment} or {@code value}
 * @param context data by schema identifier
 * @param inputs further inputs by name, in the order of positions from 2
 */
@Schema(name = "EvaluateRequest")
record EvaluateRequest(
        @Schema(required = true) ExpressionDocument expression,

        @Schema(
                required = true,
                description = "The profile, with its experience events as the array `xEvent`.",
                implementation = Object.class)
        JsonNode profile,

        @Schema(
                description = "The time of the evaluation (`now`), in ISO 8601; the current time by default.",
                implementation = String.class,
                examples = "2018-08-28T10:00:00Z")
        Optional<Instant> now,

        @Schema(
                description = "`segment` uses the result as a condition; `value`, the default, returns it unchanged.",
                enumeration = {PurposeWord.SEGMENT, PurposeWord.VALUE})
        String purpose,

        @Schema(description = "Values of `@{...}`, by schema identifier.", implementation = Object.class)
        Map<String, JsonNode> context,

        @Schema(description = "Additional inputs by name; `$2` is the first of them.", implementation = Object.class)
        Map<String, JsonNode> inputs) {

    static final Set<String> PROPERTIES = Set.of("expression", "profile", "now", "purpose", "context", "inputs");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** @throws InvalidRequest when the body is malformed */
    static EvaluateRequest read(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(body, violations);
        Optional<ExpressionDocument> expression = ExpressionDocument.read(fields);
        fields.required("profile", fields.json("profile"));
        fields.object("profile");
        Optional<Instant> now = now(fields, body.path("now"));
        String purpose = PurposeWord.read(fields, PurposeWord.VALUE);
        Map<String, JsonNode> context = properties(fields, body, "context");
        Map<String, JsonNode> inputs = properties(fields, body, "inputs");
        NamedInputs.checkNames(fields, inputs.keySet());
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new EvaluateRequest(expression.orElseThrow(), body.get("profile"), now, purpose, context, inputs);
    }

    private static Map<String, JsonNode> properties(BodyFields fields, JsonNode body, String name) {
        fields.json(name);
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        if (fields.object(name).present()) {
            body.get(name).properties().forEach(property -> properties.put(property.getKey(), property.getValue()));
        }
        return properties;
    }

    /**
     * Reads a time in either form of profile data: a string in ISO 8601, or milliseconds since 1970 (P14 of the
     * language page).
     */
    private static Optional<Instant> now(BodyFields fields, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        Optional<Instant> now = instant(value).filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST));
        if (now.isEmpty()) {
            fields.refuse("now", "must be a time in ISO 8601, such as 2018-08-28T10:00:00Z");
        }
        return now;
    }

    private static Optional<Instant> instant(JsonNode value) {
        if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
            return Optional.of(Instant.ofEpochMilli(value.longValue()));
        }
        OptionalLong micros = IsoTime.parse(value.asText());
        return micros.isPresent() ? Optional.of(IsoTime.toInstant(micros.getAsLong())) : Optional.empty();
    }
}
