package dev.pequel.error;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Writes the JSON trees of all resources. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
class JsonBodyWriter extends BytesBodyWriter<JsonNode> {

    private final JsonEncoder encoder;

    JsonBodyWriter(JsonEncoder encoder) {
        super(JsonNode.class);
        this.encoder = encoder;
    }

    @Override
    byte[] bytes(JsonNode document) {
        return encoder.encode(document).bytes();
    }
}
