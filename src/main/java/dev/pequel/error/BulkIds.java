package dev.pequel.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.error.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The ids that a request for several resources names. */
public final class BulkIds {

    private static final int ID_LENGTH = 256;

    private BulkIds() {}

    /**
     * The ids, each once, in their order. The contract writes {@code {"ids":[{"id":"..."}]}}; clients also send
     * {@code {"ids":["..."]}} and {@code ["..."]}.
     *
     * @param max how many there may be
     * @throws InvalidRequest when there are none or too many, or one is not a text
     */
    public static Set<String> read(JsonNode body, int max) {
        JsonNode list = body.isArray() ? body : body.path("ids");
        if (!list.isArray() || list.isEmpty() || list.size() > max) {
            throw new InvalidRequest("ids", "must be an array of 1 to " + max + " objects such as {\"id\": \"...\"}");
        }
        List<Violation> violations = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            JsonNode entry =
                    item.isTextual() ? JsonNodeFactory.instance.objectNode().set("id", item) : item;
            BodyFields fields = BodyFields.of(entry, "ids[" + i + "].", violations);
            fields.required("id", fields.text("id", ID_LENGTH)).ifPresent(ids::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return ids;
    }
}
