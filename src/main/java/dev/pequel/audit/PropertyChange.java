package dev.pequel.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A property of an audience that is not what it was.
 *
 * @param property one of those that an audience's JSON has at its top, or {@code members}
 * @param before its value; empty where there was none
 * @param after its value; empty where there is none any more
 */
public record PropertyChange(String property, Optional<JsonNode> before, Optional<JsonNode> after) {

    /**
     * The properties that differ, in the order of the documents. Equal values may be written differently (blanks, the order of
     * properties).
     *
     * @param before parsed JSON; without properties for what did not exist
     * @param after parsed JSON; without properties for what exists no longer
     * @param relevant leaves out properties by name
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

    /** {@code {"property","before","after"}}, without what is empty. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("property", property);
        before.ifPresent(value -> json.set("before", value));
        after.ifPresent(value -> json.set("after", value));
        return json;
    }
}
