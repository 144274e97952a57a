package dev.pequel.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON trees as UTF-8. Jackson's writer of UTF-8 asks a text for one character after the other, which takes a native
 * executable longer than everything else that it does to read an audience; a text is written as a whole, and then encoded as a
 * whole.
 */
@Singleton
public class JsonEncoder {

    private final ObjectWriter writer;

    JsonEncoder(ObjectMapper json) {
        writer = json.writer();
    }

    public EncodedJson encode(JsonNode document) {
        try {
            return new EncodedJson(writer.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree cannot be written", impossible);
        }
    }
}
