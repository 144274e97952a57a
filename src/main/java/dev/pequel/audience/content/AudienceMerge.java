package dev.pequel.audience.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.problem.InvalidRequest;
import java.util.Map;

/**
 * A JSON Merge Patch (RFC 7396) for an audience: absent properties stay, {@code null} resets to the default, and
 * objects are merged recursively. Read-only properties are ignored, so that a client can read an audience, change it
 * and send it back.
 */
public record AudienceMerge(JsonNode changes) {

    /** @throws InvalidRequest when the body is not an object */
    public static AudienceMerge of(JsonNode body) {
        if (!body.isObject()) {
            throw InvalidRequest.because("The request's body must be a JSON object with the properties to change.");
        }
        return new AudienceMerge(body);
    }

    /** @param audience as clients read it; not modified */
    public ObjectNode apply(ObjectNode audience) {
        return merge(audience.deepCopy(), changes);
    }

    private static ObjectNode merge(ObjectNode target, JsonNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                target.remove(change.getKey());
            } else if (value.isObject()) {
                JsonNode present = target.path(change.getKey());
                ObjectNode base = present.isObject() ? (ObjectNode) present : target.objectNode();
                target.set(change.getKey(), merge(base, value));
            } else {
                target.set(change.getKey(), value);
            }
        }
        return target;
    }
}
