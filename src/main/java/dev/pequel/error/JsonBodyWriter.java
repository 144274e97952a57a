package dev.pequel.error;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes the JSON trees of all resources. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
class JsonBodyWriter implements ServerMessageBodyWriter<JsonNode> {

    private final JsonEncoder encoder;

    JsonBodyWriter(JsonEncoder encoder) {
        this.encoder = encoder;
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
        context.serverResponse().end(encoder.encode(value).bytes());
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
        body.write(encoder.encode(value).bytes());
    }
}
