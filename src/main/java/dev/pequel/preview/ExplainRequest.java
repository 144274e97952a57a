package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.http.request.BodyFields;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.profile.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of {@code POST /pql/explain}: an expression, or an audience with one, and a profile.
 *
 * @param audienceId empty if the body has an expression
 */
record ExplainRequest(
        @Schema(ref = "Expression") Optional<ExpressionDocument> expression,

        @Schema(description = "The audience whose expression is explained", implementation = String.class)
        Optional<UUID> audienceId,

        @Schema(required = true, description = "An identity of the profile")
        Identity identity) {

    static final Set<String> PROPERTIES = Set.of("expression", "audienceId", "identity");

    private static final int LONGEST = 2048;

    /** @throws InvalidRequest when a property is missing or malformed */
    static ExplainRequest read(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.of(body, violations);
        Optional<ExpressionDocument> expression =
                fields.has("expression") ? ExpressionDocument.read(fields) : Optional.empty();
        Optional<UUID> audience = fields.text("audienceId", LONGEST).flatMap(id -> uuid(fields, id));
        if (fields.has("expression") == fields.has("audienceId")) {
            fields.refuse("expression", "is required without `audienceId`, and not allowed with it");
        }
        BodyFields identity = fields.object("identity");
        if (!fields.has("identity")) {
            fields.refuse("identity", "is required");
        }
        Optional<String> namespace = identity.present()
                ? identity.required("namespace", identity.text("namespace", LONGEST))
                : Optional.empty();
        Optional<String> id =
                identity.present() ? identity.required("id", identity.text("id", LONGEST)) : Optional.empty();
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new ExplainRequest(expression, audience, new Identity(namespace.orElseThrow(), id.orElseThrow()));
    }

    private static Optional<UUID> uuid(BodyFields fields, String id) {
        Optional<UUID> found = RequestText.id(id);
        if (found.isEmpty()) {
            fields.refuse("audienceId", "must be the id of an audience");
        }
        return found;
    }
}
