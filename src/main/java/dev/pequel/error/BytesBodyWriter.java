package dev.pequel.error;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes answers of a type as a whole.
 *
 * @param <T> with its subtypes
 */
abstract class BytesBodyWriter<T> implements ServerMessageBodyWriter<T> {

    private final Class<T> type;

    BytesBodyWriter(Class<T> type) {
        this.type = type;
    }

    abstract byte[] bytes(T value);

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return this.type.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return this.type.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(T value, Type genericType, ServerRequestContext context) {
        context.serverResponse().end(bytes(value));
    }

    @Override
    public void writeTo(
            T value,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(bytes(value));
    }
}
