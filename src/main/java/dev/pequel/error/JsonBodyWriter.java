package dev.pequel.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes the JSON trees of all resources. Jackson's writer of UTF-8 asks a text for one character after the other, which takes a
 * native executable longer than everything else that it does to read an audience; a text is written as a whole, and then encoded
 * as a whole.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
class JsonBodyWriter implements ServerMessageBodyWriter<JsonNode> {

    private final ObjectWriter writer;

    JsonBodyWriter(ObjectMapper json) {
        writer = json.writer();
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return JsonNode.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return JsonNode.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(JsonNode value, Type genericType, ServerRequestContext context) throws IOException {
        context.serverResponse().end(bytes(value));
    }

    @Override
    public void writeTo(
            JsonNode value,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(bytes(value));
    }

    private byte[] bytes(JsonNode value) throws JsonProcessingException {
        return writer.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }
}
