package dev.pequel.pql.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.expression.StoredOrder;

/** JSON in the form in which {@code jsonb} keeps it, but for the form of numbers. */
public final class StoredDocuments {

    private static final ObjectReader READER = new ObjectMapper()
            .reader()
            .with(JsonNodeFactory.withExactBigDecimals(true))
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StoredDocuments() {}

    /** The document with shorter names before longer ones, and of repeated names only the last. */
    public static JsonNode ordered(String json) throws JsonProcessingException {
        return StoredOrder.of(READER.readTree(json));
    }
}
