package dev.pequel.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.profile.Profiles.StoredProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A profile as clients see it: {@code {"<entity id>": {"entityId", "sources", "entity", "lastModifiedAt"}}}. */
@ApplicationScoped
class EntityDocument {

    private static final String MEMBERSHIP = "segmentMembership";
    /** The namespace of the audiences that are evaluated here. */
    private static final String OWN_NAMESPACE = "ups";

    private final ObjectMapper json;
    private final ObjectReader reader;

    EntityDocument(ObjectMapper json) {
        this.json = json;
        this.reader = json.readerFor(ObjectNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * @param audiences the profile's audiences
     * @param fields paths such as {@code person.name} of what to show; empty for everything
     */
    ObjectNode of(StoredProfile profile, Optional<ObjectNode> audiences, List<String> fields) {
        ObjectNode entity = attributes(profile);
        audiences.ifPresent(memberships -> entity.withObjectProperty(MEMBERSHIP)
                .withObjectProperty(OWN_NAMESPACE)
                .setAll(memberships));
        ObjectNode document = json.createObjectNode();
        String id = id(profile.ordinal());
        ObjectNode body = document.putObject(id);
        body.put("entityId", id);
        body.putArray("sources").add("");
        body.set("entity", fields.isEmpty() ? entity : only(entity, fields));
        body.put("lastModifiedAt", profile.modifiedAt().toString());
        return document;
    }

    private ObjectNode attributes(StoredProfile profile) {
        try {
            return reader.readValue(profile.attributes());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("profile.attributes holds something else than a JSON object.", e);
        }
    }

    private ObjectNode only(ObjectNode entity, List<String> fields) {
        ObjectNode shown = json.createObjectNode();
        for (String field : fields) {
            String[] steps = field.split("\\.");
            JsonNode from = entity;
            ObjectNode to = shown;
            for (int i = 0; i < steps.length - 1 && from.path(steps[i]).isObject(); i++) {
                from = from.get(steps[i]);
                to = to.withObjectProperty(steps[i]);
            }
            String last = steps[steps.length - 1];
            if (from.has(last)) {
                to.set(last, from.get(last));
            }
        }
        return shown;
    }

    /** A name for the profile that stays when its identities change. */
    static String id(int ordinal) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(ordinal).array();
        return "P" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The profile that the name is for; empty for any other text. */
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
