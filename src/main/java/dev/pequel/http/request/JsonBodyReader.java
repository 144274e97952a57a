package dev.pequel.http.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.ClientMediaTypes;
import dev.pequel.problem.BodyTooLarge;
import dev.pequel.problem.BodyTooSlow;
import dev.pequel.problem.InvalidRequest;
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
 * Reads request bodies into {@link JsonNode} by {@link StrictJson}, with limits of size and time. Malformed JSON is
 * refused with its line and column.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON, ClientMediaTypes.MERGE_PATCH})
public class JsonBodyReader implements MessageBodyReader<JsonNode> {

    private static final int CHUNK = 8192;

    private final int limit;
    private final Duration timeout;
    private final Clock clock;
    private final StrictJson json;

    JsonBodyReader(RequestSettings settings, StrictJson json, Clock clock) {
        this.clock = clock;
        timeout = settings.bodyTimeout();
        limit = Math.toIntExact(settings.bodyLimit().asLongValue());
        this.json = json;
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
            JsonNode value = json.read(bytes);
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

    /**
     * Reads the body, or slightly more than its maximum size. The time is limited, because a slow body occupies a
     * thread.
     */
    private byte[] bytes(InputStream body) {
        Instant end = clock.instant().plus(timeout);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = body.read(chunk); read >= 0 && bytes.size() <= limit; read = body.read(chunk)) {
                bytes.write(chunk, 0, read);
                if (clock.instant().isAfter(end)) {
                    throw new BodyTooSlow(
                            "The body did not arrive within " + timeout.toMillis() / 1000.0 + " seconds.");
                }
            }
            return bytes.toByteArray();
        } catch (IOException lost) {
            throw InvalidRequest.because("The connection was closed before the end of the body.");
        }
    }

    /** Creates the failure for malformed JSON. */
    public static InvalidRequest refusal(JacksonException malformed) {
        JsonLocation place = malformed.getLocation();
        return InvalidRequest.because("The request's body cannot be read as JSON"
                + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr())
                + ": " + MalformedJson.words(malformed));
    }
}
