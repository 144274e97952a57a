package dev.pequel.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.content.AudienceContent;
import dev.pequel.audience.content.AudienceType;
import dev.pequel.audience.content.PatchLimits;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.pql.Limits;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A JSON Patch (RFC 6902) for an audience. It is applied to the audience as clients read it, atomically. Read-only
 * properties can be tested and copied from, but not changed.
 */
final class AudiencePatch {

    /**
     * A well-formed operation.
     *
     * @param place its index in the patch
     */
    private record Operation(int place, String op, String path, String from, JsonObject json) {

        /** Pointers to the values that the operation changes. */
        List<String> changedPaths() {
            return switch (op) {
                case "test" -> List.of();
                case "move" -> List.of(from, path);
                default -> List.of(path);
            };
        }

        /** The value that the operation writes at its path; empty if it writes none or the source does not exist. */
        Optional<JsonValue> put(JsonObject audience) {
            return switch (op) {
                case "add", "replace" -> Optional.of(json.get("value"));
                case "copy", "move" -> find(from, audience);
                default -> Optional.empty();
            };
        }

        InvalidRequest refused(String message) {
            return new InvalidRequest("[" + place + "]", message);
        }
    }

    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "move", "copy", "test");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]*|-");
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final ObjectReader READER =
            new JsonMapper().readerFor(JsonNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final List<Operation> operations;
    private final PatchLimits limits;

    private AudiencePatch(List<Operation> operations, PatchLimits limits) {
        this.operations = operations;
        this.limits = limits;
    }

    /**
     * @throws InvalidRequest when the body is not a JSON Patch, or has too many operations
     */
    static AudiencePatch of(JsonNode body, PatchLimits limits) {
        if (!body.isArray()) {
            throw InvalidRequest.because("The request's body must be a JSON Patch: an array of operations.");
        }
        if (body.size() > limits.operations()) {
            throw InvalidRequest.because("The patch has " + body.size() + " operations, more than the "
                    + limits.operations() + " that are allowed; the first excess operation is [" + limits.operations()
                    + "].");
        }
        List<Violation> violations = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            int found = violations.size();
            JsonNode operation = body.get(i);
            check(operation, "[" + i + "]", violations);
            if (violations.size() == found) {
                operations.add(new Operation(
                        i,
                        operation.get("op").textValue(),
                        operation.get("path").textValue(),
                        operation.path("from").asText(),
                        read(operation).asJsonObject()));
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new AudiencePatch(operations, limits);
    }

    /**
     * Returns the audience with the patch applied.
     *
     * @param audience as clients read it
     * @param present the audience's current content. Its evaluation methods are left out of the result if neither the
     *     client chose them nor the patch sets them, so that they are derived from the patched expression
     * @throws InvalidRequest when an operation changes a read-only property, names a property that does not exist, or
     *     makes the audience larger than the limit of a request body
     * @throws Conflict when a {@code test} fails
     */
    JsonNode apply(ObjectNode audience, AudienceContent present) {
        List<Violation> violations = operations.stream()
                .flatMap(operation -> operation.changedPaths().stream())
                .flatMap(path -> refusal(path, present.type()).stream())
                .toList();
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        boolean setsEvaluation = operations.stream()
                .flatMap(operation -> operation.changedPaths().stream())
                .anyMatch(path -> property(path).equals("evaluationInfo"));
        JsonObject patched = read(audience).asJsonObject();
        Growth growth = new Growth(patched);
        for (Operation operation : operations) {
            Optional<JsonValue> put = operation.put(patched);
            patched = apply(operation, patched);
            if (put.isPresent()) {
                growth.by(operation, put.get(), patched);
            }
        }
        ObjectNode content = write(patched);
        if (!present.choosesEvaluation() && !setsEvaluation) {
            content.remove("evaluationInfo");
        }
        return content;
    }

    /** Returns why the value at a path cannot be changed; empty if it can. */
    private static Optional<Violation> refusal(String path, AudienceType type) {
        if (path.isEmpty()) {
            return Optional.of(new Violation("path", "must name a property; the whole audience is replaced by PUT"));
        }
        if (AudienceField.isReadOnly(property(path), type)) {
            return Optional.of(new Violation(path, "is read-only"));
        }
        String names = Arrays.stream(path.substring(1).split("/", -1))
                .map(AudiencePatch::unescaped)
                .collect(Collectors.joining("."));
        return AudienceField.isKnown(names)
                ? Optional.empty()
                : Optional.of(new Violation(path, "is not an attribute of audiences"));
    }

    /**
     * Tracks the size of the patched audience. Repeated copies grow exponentially: in memory they share their values,
     * but in JSON they do not.
     */
    private final class Growth {
        /** Upper bound of the audience's size in characters. */
        private long max;

        Growth(JsonObject audience) {
            max = size(audience, Long.MAX_VALUE);
        }

        /**
         * @param patched the audience after the operation
         * @throws InvalidRequest when the audience exceeds the limit of size or depth
         */
        void by(Operation operation, JsonValue put, JsonObject patched) {
            long above = operation
                    .path()
                    .chars()
                    .filter(character -> character == '/')
                    .count();
            if (!fits(put, limits.depth() - above)) {
                throw operation.refused(
                        "nests objects and arrays deeper than the " + limits.depth() + " levels that are allowed");
            }
            max += size(put, limits.size());
            // Values that operations remove are subtracted only when the upper bound exceeds the limit.
            if (max > limits.size()) {
                max = size(patched, limits.size());
            }
            if (max > limits.size()) {
                throw operation.refused(
                        "makes the audience larger than the " + limits.size() + " characters that are allowed");
            }
        }
    }

    /** Estimates the number of characters of a value in JSON. Counting stops a little above the limit. */
    private static long size(JsonValue value, long limit) {
        long size = 2;
        switch (value.getValueType()) {
            case ARRAY -> {
                for (JsonValue element : value.asJsonArray()) {
                    size += 1 + size(element, limit - size);
                    if (size > limit) {
                        return size;
                    }
                }
            }
            case OBJECT -> {
                for (Map.Entry<String, JsonValue> property :
                        value.asJsonObject().entrySet()) {
                    size += 4 + Limits.characters(property.getKey()) + size(property.getValue(), limit - size);
                    if (size > limit) {
                        return size;
                    }
                }
            }
            case STRING -> size += Limits.characters(((JsonString) value).getChars());
            case NUMBER -> size = value.toString().length();
            case TRUE, FALSE, NULL -> size = 4;
        }
        return size;
    }

    /** Whether a value nests objects and arrays to at most this number of levels. */
    private static boolean fits(JsonValue value, long levels) {
        return switch (value.getValueType()) {
            case ARRAY -> levels > 0 && value.asJsonArray().stream().allMatch(element -> fits(element, levels - 1));
            case OBJECT ->
                levels > 0 && value.asJsonObject().values().stream().allMatch(element -> fits(element, levels - 1));
            case STRING, NUMBER, TRUE, FALSE, NULL -> true;
        };
    }

    private static JsonObject apply(Operation operation, JsonObject audience) {
        find(operation.path, audience);
        find(operation.from, audience);
        if (operation.op.equals("test")) {
            test(operation, audience);
            return audience;
        }
        try {
            return JSON.createPatch(
                            JSON.createArrayBuilder().add(operation.json).build())
                    .apply(audience);
        } catch (JsonException | IndexOutOfBoundsException failed) {
            String place = operation.op.equals("copy") || operation.op.equals("move")
                    ? operation.from + " to " + operation.path
                    : operation.path;
            throw new InvalidRequest(
                    operation.path, "cannot " + operation.op + " " + place + ", because this location does not exist");
        }
    }

    /**
     * Returns the value at a pointer, if any.
     *
     * @throws InvalidRequest for indexes such as {@code 01} and {@code +1}, which JSON-P accepts and section 4 of RFC
     *     6901 does not
     */
    private static Optional<JsonValue> find(String pointer, JsonObject audience) {
        JsonValue value = audience;
        int end = 0;
        while (end < pointer.length() && value != null) {
            int start = end + 1;
            end = pointer.indexOf('/', start) < 0 ? pointer.length() : pointer.indexOf('/', start);
            String token = pointer.substring(start, end);
            switch (value.getValueType()) {
                case ARRAY -> {
                    if (!INDEX.matcher(token).matches()) {
                        throw new InvalidRequest(pointer, "has " + token + " instead of an array index");
                    }
                    value = element(value.asJsonArray(), token);
                }
                case OBJECT -> value = value.asJsonObject().get(unescaped(token));
                default -> value = null;
            }
        }
        return Optional.ofNullable(value);
    }

    /** Returns the element, or null if there is none. */
    private static JsonValue element(JsonArray array, String index) {
        if (index.equals("-") || index.length() > 9) {
            return null;
        }
        int position = Integer.parseInt(index);
        return position < array.size() ? array.get(position) : null;
    }

    /** Does not use JSON-P, which distinguishes 60 and 60.0; in section 4.6 of RFC 6902 these are equal. */
    private static void test(Operation operation, JsonObject audience) {
        JsonPointer pointer = JSON.createPointer(operation.path);
        if (!pointer.containsValue(audience) || !same(pointer.getValue(audience), operation.json.get("value"))) {
            throw new Conflict("`" + operation.path + "`: does not have the value that the patch tests for");
        }
    }

    private static boolean same(JsonValue left, JsonValue right) {
        if (left.getValueType() != right.getValueType()) {
            return false;
        }
        return switch (left.getValueType()) {
            case NUMBER -> ((JsonNumber) left).bigDecimalValue().compareTo(((JsonNumber) right).bigDecimalValue()) == 0;
            case ARRAY ->
                left.asJsonArray().size() == right.asJsonArray().size()
                        && IntStream.range(0, left.asJsonArray().size())
                                .allMatch(i -> same(
                                        left.asJsonArray().get(i),
                                        right.asJsonArray().get(i)));
            case OBJECT ->
                left.asJsonObject().keySet().equals(right.asJsonObject().keySet())
                        && left.asJsonObject().entrySet().stream()
                                .allMatch(property -> same(
                                        property.getValue(),
                                        right.asJsonObject().get(property.getKey())));
            case STRING, TRUE, FALSE, NULL -> left.equals(right);
        };
    }

    private static void check(JsonNode operation, String place, List<Violation> violations) {
        if (!operation.isObject()) {
            violations.add(new Violation(place, "must be an object with op and path"));
            return;
        }
        String op = operation.path("op").asText();
        if (!operation.path("op").isTextual() || !OPERATIONS.contains(op)) {
            violations.add(new Violation(place + ".op", "must be one of add, remove, replace, move, copy, test"));
        }
        checkPointer(operation, place, "path", violations);
        if (op.equals("move") || op.equals("copy")) {
            checkPointer(operation, place, "from", violations);
        }
        if (op.equals("move")
                && operation
                        .path("path")
                        .asText()
                        .startsWith(operation.path("from").asText() + "/")) {
            violations.add(new Violation(place + ".from", "cannot be moved into itself"));
        }
        if ((op.equals("add") || op.equals("replace") || op.equals("test")) && !operation.has("value")) {
            violations.add(new Violation(place + ".value", "is required"));
        }
    }

    private static void checkPointer(JsonNode operation, String place, String name, List<Violation> violations) {
        JsonNode pointer = operation.path(name);
        if (!pointer.isTextual()) {
            violations.add(new Violation(place + "." + name, "is required and must be a string"));
        } else if (!pointer.textValue().matches("(?s)(/([^~/]|~[01])*)*")) {
            violations.add(new Violation(
                    place + "." + name, "must be a JSON pointer such as /expression, but is " + pointer.textValue()));
        }
    }

    /** Returns the first name of a JSON pointer (RFC 6901). */
    private static String property(String pointer) {
        int end = pointer.indexOf('/', 1);
        String token = pointer.substring(Math.min(1, pointer.length()), end < 0 ? pointer.length() : end);
        return unescaped(token);
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    private static JsonValue read(JsonNode node) {
        return JSON.createReader(new StringReader(node.toString())).readValue();
    }

    private static ObjectNode write(JsonObject object) {
        try {
            return READER.readValue(object.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("JSON-P wrote what is not JSON", impossible);
        }
    }
}
