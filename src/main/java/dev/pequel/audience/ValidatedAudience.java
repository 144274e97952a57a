package dev.pequel.audience;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What is found out about an audience without a database.
 *
 * @param violations what is wrong with its properties
 * @param ignored names of properties that the contract does not have, in their order
 * @param diagnostics of its expression; places point into the expression's value
 * @param references the places at which its expression refers to other audiences
 * @param properties all that a client may write, complete with defaults, names with dots between the levels; without the merge
 *     policy where it is left to the sandbox. Empty where violations, or errors of the expression, leave it open
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
