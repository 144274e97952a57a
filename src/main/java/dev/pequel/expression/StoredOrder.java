package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.column.StoredJson;
import java.util.Map;

/** JSON with the fields of its objects in the order in which the database keeps them. */
public final class StoredOrder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private StoredOrder() {}

    /** A copy in that order. */
    public static JsonNode of(JsonNode node) {
        if (node.isArray()) {
            ArrayNode items = JSON.arrayNode(node.size());
            node.forEach(item -> items.add(of(item)));
            return items;
        }
        if (node.isObject()) {
            ObjectNode fields = JSON.objectNode();
            node.properties().stream()
                    .sorted(Map.Entry.comparingByKey(StoredJson.NAME_ORDER))
                    .forEach(field -> fields.set(field.getKey(), of(field.getValue())));
            return fields;
        }
        return node;
    }
}
