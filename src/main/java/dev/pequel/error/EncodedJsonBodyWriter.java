package dev.pequel.error;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Sends JSON that was written before. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
class EncodedJsonBodyWriter extends BytesBodyWriter<EncodedJson> {

    EncodedJsonBodyWriter() {
        super(EncodedJson.class);
    }

    @Override
    byte[] bytes(EncodedJson document) {
        return document.bytes();
    }
}
