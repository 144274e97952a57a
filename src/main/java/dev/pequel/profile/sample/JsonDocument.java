package dev.pequel.profile.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes JSON documents into memory, one after the other. */
final class JsonDocument {

    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private final JsonFactory factory = new JsonFactory();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);

    byte[] of(Content content) {
        bytes.reset();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed.", e);
        }
        return bytes.toByteArray();
    }

    static void object(JsonGenerator json, String name, Content content) throws IOException {
        json.writeObjectFieldStart(name);
        content.write(json);
        json.writeEndObject();
    }

    static void time(JsonGenerator json, String name, Instant time) throws IOException {
        json.writeStringField(name, time.toString());
    }

    /** Writes an amount of money as a decimal number. */
    static void amount(JsonGenerator json, String name, long cents) throws IOException {
        json.writeNumberField(name, cents / 100.0);
    }
}
