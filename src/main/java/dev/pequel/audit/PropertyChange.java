package dev.pequel.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A changed property in an audit event.
 *
 * @param property the name of a property, such as a top-level property of an audience's JSON or {@code members}
 * @param before the value before the change; empty if there was none
 * @param after the value after the change; empty if there is none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "AuditedChange")
public record PropertyChange(
        @Schema(
                description = "A property of audiences. Or `members`, how many are on an external audience's list, with"
                        + " `members.added` and `members.removed`, how many came and went; `etag`, the entity tag of"
                        + " the schema; `entityId` of a profile; `id` of a schedule, in each of its events, and its"
                        + " properties.",
                examples = "name")
        String property,

        @Schema(description = "Any JSON.", implementation = Object.class, examples = "Spenders")
        Optional<JsonNode> before,

        @Schema(description = "Any JSON.", implementation = Object.class, examples = "Big spenders")
        Optional<JsonNode> after) {

    /**
     * Returns the properties that differ, in the order of the documents. Formatting and the order of nested
     * properties are ignored.
     *
     * @param before parsed JSON; an empty object if the subject is new
     * @param after parsed JSON; an empty object if the subject is deleted
     * @param relevant selects properties by name
     */
    public static List<PropertyChange> between(ObjectNode before, ObjectNode after, Predicate<String> relevant) {
        Set<String> properties = new LinkedHashSet<>();
        after.fieldNames().forEachRemaining(properties::add);
        before.fieldNames().forEachRemaining(properties::add);
        List<PropertyChange> changes = new ArrayList<>();
        for (String property : properties) {
            Optional<JsonNode> old = Optional.ofNullable(before.get(property));
            Optional<JsonNode> present = Optional.ofNullable(after.get(property));
            if (relevant.test(property) && !old.equals(present)) {
                changes.add(new PropertyChange(property, old, present));
            }
        }
        return changes;
    }

    /** Returns {@code {"property","before","after"}}, without empty values. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("property", property);
        before.ifPresent(value -> json.set("before", value));
        after.ifPresent(value -> json.set("after", value));
        return json;
    }
}
