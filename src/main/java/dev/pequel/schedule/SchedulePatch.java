package dev.pequel.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON Patch (RFC 6902) for a schedule. It supports {@code add} and {@code replace}, which have the same effect, for
 * a few properties.
 */
final class SchedulePatch {

    private static final int MAX_OPERATIONS = 100;
    private static final int WORD_LENGTH = 255;
    private static final List<String> OPERATIONS = List.of("add", "replace");
    private static final String SEGMENTS = "/properties/segments";
    private static final List<String> PATHS = List.of("/name", "/state", "/schedule", "/properties", SEGMENTS);

    private record Operation(String path, JsonNode value) {}

    private final List<Operation> operations;

    private SchedulePatch(List<Operation> operations) {
        this.operations = operations;
    }

    /** @throws InvalidRequest when the body is not a JSON Patch, or contains other operations or paths */
    static SchedulePatch of(JsonNode body) {
        if (!body.isArray()) {
            throw InvalidRequest.because("The request's body must be a JSON Patch: an array of operations.");
        }
        if (body.size() > MAX_OPERATIONS) {
            throw InvalidRequest.because("The patch has " + body.size() + " operations, more than the " + MAX_OPERATIONS
                    + " that are allowed.");
        }
        List<Violation> violations = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            operation(body.get(i), "[" + i + "]", violations).ifPresent(operations::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new SchedulePatch(operations);
    }

    /** @param schedule the properties that a client sets; they are modified */
    void apply(ObjectNode schedule) {
        for (Operation operation : operations) {
            if (operation.path.equals(SEGMENTS)) {
                // An earlier operation may have replaced the object of this property.
                if (schedule.get("properties") instanceof ObjectNode properties) {
                    properties.set("segments", operation.value);
                }
            } else {
                schedule.set(operation.path.substring(1), operation.value.deepCopy());
            }
        }
    }

    private static Optional<Operation> operation(JsonNode json, String place, List<Violation> violations) {
        if (!json.isObject()) {
            violations.add(new Violation(place, "must be an object with op, path and value"));
            return Optional.empty();
        }
        BodyFields fields = BodyFields.of(json, place + ".", violations);
        Optional<String> op = fields.required("op", fields.text("op", WORD_LENGTH));
        op.filter(word -> !OPERATIONS.contains(word))
                .ifPresent(word -> fields.refuse("op", "must be one of " + OPERATIONS + ", but is " + word));
        Optional<String> path = fields.required("path", fields.text("path", WORD_LENGTH));
        path.filter(word -> !PATHS.contains(word))
                .ifPresent(word -> fields.refuse("path", "must be one of " + PATHS + ", but is " + word));
        JsonNode value = json.get("value");
        if (value == null) {
            fields.refuse("value", "is required");
        }
        return path.isPresent() && value != null ? Optional.of(new Operation(path.get(), value)) : Optional.empty();
    }
}
