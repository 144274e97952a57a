package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;

/** What keeps a document from being the schema of a sandbox. */
public final class SchemaProblems {

    /** Problems of one schema that are told at once. */
    private static final int MOST = 50;

    /** What stands in the field of a problem of the whole document. */
    public static final String WHOLE = "schema";

    private SchemaProblems() {}

    /**
     * The first problems; none of a document that can be stored. The field of each is a JSON Pointer, or {@value #WHOLE}.
     *
     * @throws InvalidRequest when the document is not an object
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
