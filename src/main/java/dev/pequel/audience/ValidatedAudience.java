package dev.pequel.audience;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.List;
import java.util.Optional;

/**
 * The result of checking an audience without a database.
 *
 * @param violations the errors in properties other than the expression
 * @param ignored names of properties that the contract does not have, in the order of the document
 * @param diagnostics errors and warnings of the expression, with spans in the expression's value
 * @param references the references of the expression to other audiences, with their spans
 * @param properties all properties that a client may write, with defaults; names have dots between the levels. The
 *     merge policy is absent if the audience does not name one. Empty if errors prevent computing them
 */
public record ValidatedAudience(
        List<Violation> violations,
        List<String> ignored,
        List<Diagnostic> diagnostics,
        List<AudienceReference> references,
        Optional<ObjectNode> properties) {

    public ValidatedAudience {
        violations = List.copyOf(violations);
        ignored = List.copyOf(ignored);
        diagnostics = List.copyOf(diagnostics);
        references = List.copyOf(references);
    }
}
