package dev.pequel.profile.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.column.StoredJson;
import dev.pequel.profile.store.ExperienceEvents.StoredEvent;
import dev.pequel.profile.store.Profiles.StoredProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Writes profiles and events as the JSON of the API. A profile is {@code {"<entity id>": {"entityId", "sources",
 * "entity", "lastModifiedAt"}}}. Documents are copied while they are parsed, without a tree in memory.
 */
@ApplicationScoped
class EntityDocument {

    private static final String MEMBERSHIP = "segmentMembership";
    /** The namespace of memberships in the audiences of this service. */
    private static final String OWN_NAMESPACE = "ups";
    /**
     * Levels of objects that are merged with stored ones: {@code segmentMembership} and {@link #OWN_NAMESPACE}. The
     * memberships below them replace stored ones.
     */
    private static final int LEVELS_OF_MEMBERSHIP = 2;

    private final ObjectMapper json;
    private final JsonFactory stored = StoredJson.factory();

    EntityDocument(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Selects the fields of an object to write.
     *
     * @param fields what to write of these fields; empty for everything
     */
    private record Shown(Optional<Map<String, Shown>> fields) {

        static final Shown EVERYTHING = new Shown(Optional.empty());

        static Shown of(List<String> paths) {
            if (paths.isEmpty()) {
                return EVERYTHING;
            }
            Shown shown = new Shown(Optional.of(new HashMap<>()));
            paths.forEach(path -> shown.add(List.of(path.split("\\.", -1))));
            return shown;
        }

        private void add(List<String> steps) {
            fields.ifPresent(some -> {
                if (steps.size() == 1) {
                    some.put(steps.getFirst(), EVERYTHING);
                } else {
                    some.computeIfAbsent(steps.getFirst(), step -> new Shown(Optional.of(new HashMap<>())))
                            .add(steps.subList(1, steps.size()));
                }
            });
        }

        /** What to write of a field's value. Empty for nothing. */
        Optional<Shown> field(String name, boolean isObject) {
            return fields.isEmpty()
                    ? Optional.of(EVERYTHING)
                    : Optional.ofNullable(fields.get().get(name)).filter(shown -> isObject || shown.fields.isEmpty());
        }
    }

    /** Writes an object with one profile. */
    void write(StoredProfile profile, Optional<ObjectNode> audiences, List<String> fields, OutputStream out)
            throws IOException {
        try (JsonGenerator to = json.createGenerator(out)) {
            to.writeStartObject();
            write(profile, audiences, fields, to);
            to.writeEndObject();
        }
    }

    /**
     * Writes a profile as a property of an object.
     *
     * @param audiences the profile's audiences
     * @param fields paths to write, such as {@code person.name}; empty for everything
     */
    void write(StoredProfile profile, Optional<ObjectNode> audiences, List<String> fields, JsonGenerator to)
            throws IOException {
        String id = id(profile.ordinal());
        to.writeObjectFieldStart(id);
        to.writeStringField("entityId", id);
        to.writeArrayFieldStart("sources");
        to.writeString("");
        to.writeEndArray();
        to.writeFieldName("entity");
        writeEntity(profile, audiences, fields, to);
        to.writeStringField("lastModifiedAt", profile.modifiedAt().toString());
        to.writeEndObject();
    }

    /** Writes the stored document of a profile, with its audiences, as an object. */
    void writeEntity(StoredProfile profile, Optional<ObjectNode> audiences, List<String> fields, JsonGenerator to)
            throws IOException {
        ObjectNode added = JsonNodeFactory.instance.objectNode();
        audiences.ifPresent(memberships ->
                added.putObject(MEMBERSHIP).putObject(OWN_NAMESPACE).setAll(memberships));
        try (JsonParser from = stored.createParser(profile.attributes())) {
            from.nextToken();
            copyObject(from, Shown.of(fields), added, LEVELS_OF_MEMBERSHIP, to);
        }
    }

    /** Writes an event of a profile as an element of an array. */
    void write(int ordinal, StoredEvent event, List<String> fields, JsonGenerator to) throws IOException {
        try (JsonParser from = stored.createParser(event.body())) {
            to.writeStartObject();
            to.writeStringField("relatedEntityId", id(ordinal));
            to.writeStringField("entityId", event.id());
            to.writeNumberField("timestamp", event.timestamp().toEpochMilli());
            to.writeFieldName("entity");
            from.nextToken();
            copyObject(from, Shown.of(fields), JsonNodeFactory.instance.objectNode(), 0, to);
            to.writeEndObject();
        }
    }

    /** Creates a generator for a response with several profiles or events. */
    JsonGenerator generator(OutputStream out) throws IOException {
        return json.createGenerator(out);
    }

    /**
     * Copies an object.
     *
     * @param added fields to add, or to write instead of those of the object
     * @param levels number of levels of objects below this one that are merged with the added fields instead of
     *     replaced
     */
    private void copyObject(JsonParser from, Shown shown, JsonNode added, int levels, JsonGenerator to)
            throws IOException {
        Set<String> merged = new HashSet<>();
        to.writeStartObject();
        while (from.nextToken() != JsonToken.END_OBJECT) {
            String name = from.currentName();
            boolean isObject = from.nextToken() == JsonToken.START_OBJECT;
            JsonNode more = added.path(name);
            if (!more.isMissingNode()) {
                if (!isObject || levels == 0) {
                    from.skipChildren();
                    continue;
                }
                merged.add(name);
            }
            Optional<Shown> part = shown.field(name, isObject);
            if (part.isEmpty()) {
                from.skipChildren();
            } else {
                to.writeFieldName(name);
                if (isObject) {
                    copyObject(from, part.get(), more, levels - 1, to);
                } else {
                    copyValue(from, to);
                }
            }
        }
        for (Map.Entry<String, JsonNode> field : added.properties()) {
            Optional<Shown> part = shown.field(field.getKey(), field.getValue().isObject());
            if (part.isPresent() && !merged.contains(field.getKey())) {
                to.writeFieldName(field.getKey());
                try (JsonParser value = field.getValue().traverse()) {
                    if (value.nextToken() == JsonToken.START_OBJECT) {
                        copyObject(value, part.get(), JsonNodeFactory.instance.objectNode(), 0, to);
                    } else {
                        copyValue(value, to);
                    }
                }
            }
        }
        to.writeEndObject();
    }

    /** Copies numbers as text, which keeps all digits. */
    private static void copyValue(JsonParser from, JsonGenerator to) throws IOException {
        int open = 0;
        do {
            JsonToken token = from.currentToken();
            if (token.isNumeric()) {
                to.writeNumber(from.getText());
            } else {
                to.copyCurrentEvent(from);
            }
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (open > 0 && from.nextToken() != null);
    }

    /** The entity id of a profile, which does not change when its identities do. */
    static String id(int ordinal) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(ordinal).array();
        return "P" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The ordinal in an entity id. Empty for any other text. */
    static OptionalInt ordinal(String id) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id.startsWith("P") ? id.substring(1) : "");
            return bytes.length == Integer.BYTES
                            && id(ByteBuffer.wrap(bytes).getInt()).equals(id)
                    ? OptionalInt.of(ByteBuffer.wrap(bytes).getInt())
                    : OptionalInt.empty();
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }
}
