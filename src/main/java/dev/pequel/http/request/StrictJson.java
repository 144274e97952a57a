package dev.pequel.http.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Parses JSON from clients strictly: a single value, no duplicate names in objects, limited nesting, exact numbers.
 */
@Singleton
public class StrictJson {

    private static final int MAX_NUMBER_LENGTH = 400;

    private final ObjectReader reader;

    StrictJson(RequestSettings settings) {
        reader = reader(settings.bodyDepth());
    }

    /**
     * A reader of one value.
     *
     * @param depth maximum nesting of objects and arrays
     */
    public static ObjectReader reader(int depth) {
        return new JsonMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(depth)
                                .maxNumberLength(MAX_NUMBER_LENGTH)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build())
                .readerFor(JsonNode.class)
                .with(JsonNodeFactory.withExactBigDecimals(true))
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * Parses a value. White space alone results in a missing node.
     *
     * @throws JacksonException when the text is not valid JSON; the exception has the position
     * @throws IOException when the text is not encoded in UTF-8
     */
    public JsonNode read(byte[] text) throws IOException {
        return reader.readTree(text);
    }

    /** Creates a parser for {@link #next}, positioned before the first token. */
    public JsonParser parser(byte[] text) throws IOException {
        return reader.getFactory().createParser(text);
    }

    /** Reads the value that begins with the parser's current token. Other values may follow. */
    public JsonNode next(JsonParser parser) throws IOException {
        return reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValue(parser);
    }
}
