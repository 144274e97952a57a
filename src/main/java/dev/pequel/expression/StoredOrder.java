package dev.pequel.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.column.StoredJson;
import java.util.Map;

/** Sorts the fields of JSON objects into the order in which the database stores them. */
public final class StoredOrder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private StoredOrder() {}

    /** Returns a copy with sorted fields. */
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
