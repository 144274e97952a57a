package dev.pequel.profile.importing.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.pequel.column.IsoTime;
import dev.pequel.column.StoredJson;
import dev.pequel.http.request.MalformedJson;
import dev.pequel.profile.Identity;
import dev.pequel.profile.importing.line.Line.EventLine;
import dev.pequel.profile.importing.line.Line.ProfileLine;
import dev.pequel.profile.importing.line.LineError.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;

/**
 * Reads the identities, event id and timestamp of a document to import, and checks that the document is JSON with no
 * more attributes than a sandbox may have. The document itself is stored as sent.
 */
public final class DocumentReader {

    /**
     * Maximum length of namespaces, identities and event ids, in bytes of UTF-8: what an index entry can hold, with
     * some reserve.
     */
    static final int MAX_KEY_BYTES = 1024;

    private static final int MAX_NAMESPACE_BYTES = 128;

    /** Limits of timestamps, within the range of PostgreSQL. */
    private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("+100000-01-01T00:00:00Z");

    private final JsonFactory json = StoredJson.factory();
    private final AttributePaths attributes;
    private final int maxBytes;

    /**
     * @param attributes the known attributes; those of valid documents are added
     * @param maxBytes maximum size of a document when its numbers are written without exponent
     */
    public DocumentReader(AttributePaths attributes, int maxBytes) {
        this.attributes = attributes;
        this.maxBytes = maxBytes;
    }

    public ProfileLine profile(long number, byte[] document) throws InvalidLine {
        try (JsonParser parser = attributes.followingProfile(StorableJson.parser(json, document, maxBytes))) {
            Fields fields = read(parser);
            return new ProfileLine(number, document, fields.identities(), attributes.keep());
        } catch (IOException e) {
            throw invalid(e);
        } finally {
            attributes.forget();
        }
    }

    public EventLine event(long number, byte[] document) throws InvalidLine {
        try (JsonParser parser = attributes.followingEvent(StorableJson.parser(json, document, maxBytes))) {
            Fields fields = read(parser);
            if (fields.id == null || fields.id.isEmpty() || isLongerThan(fields.id, MAX_KEY_BYTES)) {
                throw new InvalidLine(
                        Code.INVALID_EVENT_ID,
                        "an event needs an `_id`, a string of at most " + MAX_KEY_BYTES + " bytes");
            }
            if (fields.timestamp == null) {
                throw new InvalidLine(
                        Code.INVALID_TIMESTAMP,
                        "an event needs a `timestamp`, ISO 8601 such as \"2026-01-31T10:00:00Z\" or epoch milliseconds");
            }
            return new EventLine(number, document, fields.identities(), attributes.keep(), fields.id, fields.timestamp);
        } catch (IOException e) {
            throw invalid(e);
        } finally {
            attributes.forget();
        }
    }

    private static InvalidLine invalid(IOException cause) {
        return switch (cause) {
            case AttributePaths.Refused refused -> new InvalidLine(refused.code(), refused.getMessage());
            case StorableJson.Unstorable unstorable -> new InvalidLine(Code.NOT_STORABLE, unstorable.getMessage());
            case JsonProcessingException malformed ->
                new InvalidLine(Code.INVALID_JSON, MalformedJson.words(malformed));
            default -> new InvalidLine(Code.INVALID_JSON, String.valueOf(cause.getMessage()));
        };
    }

    /** The fields that were read. If a field is repeated, the last one counts, as in {@code jsonb}. */
    private static final class Fields {
        private final SequencedSet<Identity> primary = new LinkedHashSet<>();
        private final SequencedSet<Identity> others = new LinkedHashSet<>();
        private String id;
        private Instant timestamp;

        List<Identity> identities() throws InvalidLine {
            if (primary.isEmpty() && others.isEmpty()) {
                throw new InvalidLine(
                        Code.NO_IDENTITY,
                        "an `identityMap` with at least one identity is needed, such as"
                                + " {\"email\":[{\"id\":\"joe@example.com\"}]}");
            }
            others.removeAll(primary);
            List<Identity> identities = new ArrayList<>(primary);
            identities.addAll(others);
            return List.copyOf(identities);
        }
    }

    private static Fields read(JsonParser parser) throws IOException, InvalidLine {
        Fields fields = new Fields();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidLine(Code.INVALID_JSON, "a line must be a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "identityMap" -> readIdentities(parser, fields);
                case "_id" -> fields.id = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "timestamp" -> fields.timestamp = timestamp(parser);
                default -> {}
            }
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new InvalidLine(Code.INVALID_JSON, "a line must contain one JSON object and nothing else");
        }
        return fields;
    }

    private static Instant timestamp(JsonParser parser) throws IOException {
        OptionalLong micros = switch (parser.currentToken()) {
            case VALUE_STRING -> IsoTime.parse(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? OptionalLong.empty()
                        : OptionalLong.of(IsoTime.millisToMicros(parser.getLongValue()));
            case VALUE_NUMBER_FLOAT -> OptionalLong.of(IsoTime.millisToMicros(parser.getDoubleValue()));
            default -> OptionalLong.empty();
        };
        if (micros.isEmpty() || micros.getAsLong() == IsoTime.MISSING) {
            return null;
        }
        Instant instant = IsoTime.toInstant(micros.getAsLong());
        return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
    }

    private static void readIdentities(JsonParser parser, Fields fields) throws IOException, InvalidLine {
        fields.primary.clear();
        fields.others.clear();
        expect(parser.currentToken() == JsonToken.START_OBJECT, "`identityMap` must be an object of lists");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String namespace = parser.currentName();
            expect(
                    !namespace.isEmpty() && !isLongerThan(namespace, MAX_NAMESPACE_BYTES),
                    "a namespace in `identityMap` must have 1 to " + MAX_NAMESPACE_BYTES + " bytes");
            expect(parser.nextToken() == JsonToken.START_ARRAY, "`identityMap." + namespace + "` must be a list");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                readIdentity(parser, namespace, fields);
            }
        }
    }

    private static void readIdentity(JsonParser parser, String namespace, Fields fields)
            throws IOException, InvalidLine {
        String id = null;
        boolean primary = false;
        expect(
                parser.currentToken() == JsonToken.START_OBJECT,
                "an identity in `identityMap." + namespace + "` must be an object with an `id`");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "primary" -> primary = parser.currentToken() == JsonToken.VALUE_TRUE;
                default -> {}
            }
            parser.skipChildren();
        }
        expect(
                id != null && !id.isEmpty() && !isLongerThan(id, MAX_KEY_BYTES),
                "the `id` of an identity in `identityMap." + namespace + "` must be a string of 1 to " + MAX_KEY_BYTES
                        + " bytes");
        (primary ? fields.primary : fields.others).add(new Identity(namespace, id));
    }

    private static void expect(boolean condition, String message) throws InvalidLine {
        if (!condition) {
            throw new InvalidLine(Code.INVALID_IDENTITY, message);
        }
    }

    private static boolean isLongerThan(String text, int bytes) {
        return text.length() > bytes || text.getBytes(StandardCharsets.UTF_8).length > bytes;
    }
}
