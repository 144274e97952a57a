package dev.pequel.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the ids in the body of a bulk request. */
public final class BulkIds {

    private static final int ID_LENGTH = 256;

    private BulkIds() {}

    /**
     * Returns the distinct ids in their order. The form of the contract is {@code {"ids":[{"id":"..."}]}}; clients
     * also send {@code {"ids":["..."]}} and {@code ["..."]}.
     *
     * @param max maximum number of ids
     * @throws InvalidRequest when there are no ids or too many, or one is not a string
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
