package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.json.writer.PqlJsonWriter;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlWriter;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts the expressions of segment definitions between {@code pql/text} and {@code pql/json}. */
@ApplicationScoped
class Conversion {

    private final ExpressionService expressions;
    private final PqlJsonWriter json = new PqlJsonWriter();

    Conversion(ExpressionService expressions) {
        this.expressions = expressions;
    }

    /**
     * Returns the segment definition with its expression in the other format.
     *
     * @throws InvalidRequest when the body is not a segment definition
     * @throws InvalidExpression when the expression cannot be parsed, or its tree is too deep for text
     */
    ObjectNode convert(JsonNode definition) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(definition, violations);
        fields.checkCharacters();
        fields.text("name", Integer.MAX_VALUE);
        fields.text("description", Integer.MAX_VALUE);
        Optional<ExpressionDocument> expression = ExpressionDocument.read(fields);
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        ExpressionDocument converted = convert(expression.orElseThrow());
        ObjectNode answer = definition.deepCopy();
        ((ObjectNode) answer.get("expression"))
                .put("type", converted.type())
                .put("format", converted.format())
                .put("value", converted.value());
        return answer;
    }

    private ExpressionDocument convert(ExpressionDocument document) {
        Expression tree = read(document);
        if (document.format().equals(ExpressionDocument.TEXT)) {
            return new ExpressionDocument(ExpressionDocument.PQL, ExpressionDocument.JSON, json.write(tree));
        }
        ExpressionDocument text = ExpressionDocument.ofText(PqlWriter.write(tree));
        // Text has a limit of brackets, which a valid tree may exceed.
        read(text);
        return text;
    }

    private Expression read(ExpressionDocument document) {
        Parsed parsed = expressions.read(document);
        return parsed.expression().orElseThrow(() -> new InvalidExpression(parsed.diagnostics(), document.value()));
    }
}
