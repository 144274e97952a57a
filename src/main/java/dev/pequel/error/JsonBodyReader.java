package dev.pequel.error;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads the JSON bodies of all resources that take a {@link JsonNode}, as {@link StrictJson} says and of limited size. What
 * cannot be read is refused with its line and column.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON, ClientMediaTypes.MERGE_PATCH})
class JsonBodyReader implements MessageBodyReader<JsonNode> {

    private static final int CHUNK = 8192;

    private final int limit;
    private final Duration timeout;
    private final Clock clock;
    private final ObjectReader reader;

    JsonBodyReader(RequestSettings settings, Clock clock) {
        this.clock = clock;
        timeout = settings.bodyTimeout();
        limit = Math.toIntExact(settings.bodyLimit().asLongValue());
        reader = StrictJson.reader(settings.bodyDepth());
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == JsonNode.class;
    }

    @Override
    public JsonNode readFrom(
            Class<JsonNode> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] bytes = bytes(body);
        if (bytes.length > limit) {
            throw new BodyTooLarge("The body has more than the " + limit + " bytes that are allowed.");
        }
        if (bytes.length == 0) {
            throw InvalidRequest.because("The request has no body; JSON is expected.");
        }
        try {
            JsonNode value = reader.readTree(bytes);
            if (value.isMissingNode()) {
                throw InvalidRequest.because("The request's body is blank; JSON is expected.");
            }
            return value;
        } catch (JacksonException malformed) {
            throw refusal(malformed);
        } catch (CharacterCodingException malformed) {
            throw InvalidRequest.because("The request's body is not encoded in UTF-8.");
        }
    }

    /** The body, or a little more of it than is allowed. Whoever sends it holds a thread meanwhile, so it may not take for ever. */
    private byte[] bytes(InputStream body) {
        Instant end = clock.instant().plus(timeout);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = body.read(chunk); read >= 0 && bytes.size() <= limit; read = body.read(chunk)) {
                bytes.write(chunk, 0, read);
                if (clock.instant().isAfter(end)) {
                    throw new BodyTooSlow("The body took longer than the " + timeout.toMillis() / 1000.0
                            + " seconds that are allowed to arrive.");
                }
            }
            return bytes.toByteArray();
        } catch (IOException lost) {
            throw InvalidRequest.because("The connection ended before the body did.");
        }
    }

    /** The refusal of a body that is not JSON as it should be. */
    static InvalidRequest refusal(JacksonException malformed) {
        JsonLocation place = malformed.getLocation();
        return InvalidRequest.because("The request's body cannot be read as JSON"
                + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr())
                + ": " + MalformedJson.words(malformed));
    }
}
