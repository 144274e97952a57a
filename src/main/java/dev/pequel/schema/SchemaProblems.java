package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;

/** Finds the errors that prevent a document from being the schema of a sandbox. */
public final class SchemaProblems {

    /** Maximum number of problems that are reported. */
    private static final int MOST = 50;

    /** The field of a problem with the whole document. */
    public static final String WHOLE = "schema";

    private SchemaProblems() {}

    /**
     * Returns the first problems; empty if the document can be stored. The field of a problem is a JSON Pointer or
     * {@value #WHOLE}.
     *
     * @throws InvalidRequest if the document is not an object
     */
    public static List<Violation> of(JsonNode document) {
        List<Violation> violations = new ArrayList<>();
        BodyFields.ofBody(document, violations).checkCharacters();
        if (violations.isEmpty()) {
            JsonSchemaReader.read(document).problems().stream()
                    .limit(MOST)
                    .map(problem ->
                            new Violation(problem.pointer().isEmpty() ? WHOLE : problem.pointer(), problem.message()))
                    .forEach(violations::add);
        }
        return violations;
    }
}
