package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.error.InvalidRequest;
import java.util.Map;

/**
 * A change of an audience by an object that has the new values: what it leaves out stays, {@code null} returns to the default,
 * and objects are merged like the audience itself (RFC 7396). What the server alone decides is passed over, so that an audience
 * that was read can be changed and sent back.
 */
record AudienceMerge(JsonNode changes) {

    /** @throws InvalidRequest when the body is not an object */
    static AudienceMerge of(JsonNode body) {
        if (!body.isObject()) {
            throw InvalidRequest.because("The request's body must be a JSON object with the properties to change.");
        }
        return new AudienceMerge(body);
    }

    /** @param audience as clients read it; it stays as it is */
    ObjectNode apply(ObjectNode audience) {
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
