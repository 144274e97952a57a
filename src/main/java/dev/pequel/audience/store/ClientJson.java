package dev.pequel.audience.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Parses the free-form JSON that clients store with audiences, and keeps all digits of numbers. */
public final class ClientJson {

    private static final ObjectReader PARSER =
            new JsonMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private ClientJson() {}

    public static JsonNode tree(String json) {
        try {
            return PARSER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("stored text is not JSON", impossible);
        }
    }

    /** Returns an audience's JSON with the free-form JSON in it as trees instead of text. */
    public static ObjectNode parsed(ObjectNode document) {
        return document.valueStream().noneMatch(JsonNode::isPojo) ? document : (ObjectNode) tree(document.toString());
    }
}
