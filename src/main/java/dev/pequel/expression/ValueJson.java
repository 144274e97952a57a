package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.compile.Value;

/** Converts results of expressions to JSON. A missing value becomes {@code null}, a timestamp a string in ISO 8601. */
public final class ValueJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ValueJson() {}

    public static JsonNode of(Value value) {
        return switch (value) {
            case Value.Missing missing -> JSON.nullNode();
            case Value.Bool bool -> JSON.booleanNode(bool.value());
            case Value.Int whole -> JSON.numberNode(whole.value());
            case Value.Real real -> JSON.numberNode(real.value());
            case Value.Text text -> JSON.textNode(text.value());
            case Value.Time time -> JSON.textNode(time.value().toString());
            case Value.Items items -> {
                ArrayNode array = JSON.arrayNode(items.items().size());
                items.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Value.Fields fields -> {
                ObjectNode object = JSON.objectNode();
                fields.fields().forEach((name, field) -> object.set(name, of(field)));
                yield object;
            }
        };
    }
}
