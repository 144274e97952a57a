package dev.pequel.pql.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/** JSON in the form in which {@code jsonb} keeps it, but for the form of numbers. */
public final class StoredDocuments {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final ObjectReader READER =
            new ObjectMapper().reader().with(NODES).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Comparator<String> SHORTER_FIRST = Comparator.<String>comparingInt(
                    name -> name.getBytes(StandardCharsets.UTF_8).length)
            .thenComparing((a, b) ->
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

    private StoredDocuments() {}

    /** The document with shorter names before longer ones, and of repeated names only the last. */
    public static JsonNode ordered(String json) throws JsonProcessingException {
        return ordered(READER.readTree(json));
    }

    private static JsonNode ordered(JsonNode node) {
        if (node.isArray()) {
            ArrayNode items = NODES.arrayNode();
            node.forEach(item -> items.add(ordered(item)));
            return items;
        }
        if (node.isObject()) {
            ObjectNode fields = NODES.objectNode();
            node.properties().stream()
                    .sorted(Map.Entry.comparingByKey(SHORTER_FIRST))
                    .forEach(field -> fields.set(field.getKey(), ordered(field.getValue())));
            return fields;
        }
        return node;
    }
}
