package dev.pequel.error;

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

/** Sends JSON that was written before. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
class EncodedJsonBodyWriter implements ServerMessageBodyWriter<EncodedJson> {

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type == EncodedJson.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == EncodedJson.class;
    }

    @Override
    public void writeResponse(EncodedJson value, Type genericType, ServerRequestContext context) throws IOException {
        context.serverResponse().end(value.bytes());
    }

    @Override
    public void writeTo(
            EncodedJson value,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(value.bytes());
    }
}
