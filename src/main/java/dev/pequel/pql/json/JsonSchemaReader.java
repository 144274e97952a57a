package dev.pequel.pql.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.Type.ObjectOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a sandbox's profile schema from JSON Schema as used by XDM. It evaluates {@code type}, {@code format},
 * {@code properties}, {@code items}, {@code additionalProperties}, {@code patternProperties}, {@code allOf},
 * {@code anyOf}, {@code oneOf}, {@code enum}, {@code const}, {@code meta:xdmType} and {@code $ref} within the
 * document. Other keywords restrict values, not types, and are ignored.
 *
 * <p>The result is strict: objects have exactly the declared fields, unless they allow {@code additionalProperties}.
 * An object that declares only {@code additionalProperties} is a map; an object without declarations may have any
 * content. The prefix {@code xdm:} of property names is removed, because expressions and data do not use it. The
 * property {@code xEvent} describes the events; without it the built-in events apply. {@code identityMap} and
 * {@code segmentMembership} are always the built-in ones, because the platform writes them itself.
 */
public final class JsonSchemaReader {

    private static final String XDM_PREFIX = "xdm:";

    /**
     * The maximum number of parts of a schema, where a part behind a reference counts for each reference. It is far
     * more than the largest published schema has, and prevents a small document from expanding to an enormous schema.
     */
    private static final int MOST_PARTS = 200_000;

    private static final int DEEPEST = 200;

    private final JsonNode document;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> resolving = new HashSet<>();
    private int parts;
    private int depth;

    private JsonSchemaReader(JsonNode document) {
        this.document = document;
    }

    /**
     * The result of reading a schema.
     *
     * @param schema present exactly when there are no problems
     * @param problems all problems, in document order
     */
    public record Outcome(Optional<ProfileSchema> schema, List<Problem> problems) {
        public Outcome {
            problems = List.copyOf(problems);
        }
    }

    /**
     * A problem of a schema.
     *
     * @param pointer JSON Pointer to its position; empty for the whole document
     */
    public record Problem(String pointer, String message) {}

    public static Outcome read(JsonNode document) {
        return new JsonSchemaReader(document).read();
    }

    private Outcome read() {
        Type root = type(document, "");
        if (problems.isEmpty() && !(root instanceof ObjectOf)) {
            problem("", "the schema of a profile must describe an object");
        }
        Optional<ProfileSchema> schema = problems.isEmpty() && root instanceof ObjectOf object
                ? Optional.of(new ProfileSchema(withSystemFields(object), true))
                : Optional.empty();
        return problems.isEmpty() ? new Outcome(schema, problems) : new Outcome(Optional.empty(), problems);
    }

    private ObjectOf withSystemFields(ObjectOf profile) {
        Map<String, Type> fields = new LinkedHashMap<>(profile.fields());
        fields.put(BuiltInSchema.IDENTITY_MAP, BuiltInSchema.identityMap());
        fields.put(BuiltInSchema.SEGMENT_MEMBERSHIP, BuiltInSchema.segmentMembership());
        Type events = fields.getOrDefault(BuiltInSchema.EVENTS, BuiltInSchema.events());
        if (events instanceof ListOf(ObjectOf event, boolean throughPath)) {
            fields.put(BuiltInSchema.EVENTS, new ListOf(withEventFields(event)));
        } else {
            problem("/properties/" + BuiltInSchema.EVENTS, "the experience events must be an array of objects");
        }
        return new ObjectOf(fields, profile.open());
    }

    /** Adds the fields that every event has, whether the schema declares them or not: id, time and type. */
    private static ObjectOf withEventFields(ObjectOf event) {
        Map<String, Type> fields = new LinkedHashMap<>(event.fields());
        fields.putIfAbsent("_id", Type.STRING);
        fields.putIfAbsent("timestamp", Type.TIMESTAMP);
        fields.putIfAbsent("eventType", Type.STRING);
        return new ObjectOf(fields, event.open());
    }

    // ---- Types

    private Type type(JsonNode schema, String pointer) {
        if (schema.isBoolean()) {
            return Type.ANY;
        }
        if (!schema.isObject()) {
            problem(pointer, "a schema must be an object");
            return Type.ANY;
        }
        if (++parts > MOST_PARTS || depth >= DEEPEST) {
            if (parts == MOST_PARTS + 1 || depth >= DEEPEST) {
                problem(
                        pointer,
                        depth >= DEEPEST
                                ? "the schema is nested more than " + DEEPEST + " levels deep"
                                : "the schema has more than " + MOST_PARTS + " parts");
            }
            return Type.ANY;
        }
        depth++;
        try {
            return schema.has("$ref") ? reference(schema.get("$ref"), pointer + "/$ref") : combined(schema, pointer);
        } finally {
            depth--;
        }
    }

    private Type reference(JsonNode reference, String pointer) {
        if (!reference.isTextual()) {
            problem(pointer, "a reference must be a string");
            return Type.ANY;
        }
        String text = reference.textValue();
        if (!text.equals("#") && !text.startsWith("#/")) {
            problem(
                    pointer,
                    "only references within the document, such as `#/definitions/address`, can be followed; `" + text
                            + "` must be included");
            return Type.ANY;
        }
        String target = text.substring(1);
        JsonNode found;
        try {
            found = document.at(target);
        } catch (IllegalArgumentException notAPointer) {
            problem(pointer, "`" + text + "` is not a reference");
            return Type.ANY;
        }
        if (found.isMissingNode()) {
            problem(pointer, "there is no `" + text + "` in the document");
            return Type.ANY;
        }
        // A recursive type is expanded once; inside itself it has type Any.
        if (!resolving.add(target)) {
            return Type.ANY;
        }
        Type type = type(found, target);
        resolving.remove(target);
        return type;
    }

    /** Returns the type of a schema without its alternatives, combined with its {@code allOf}. */
    private Type combined(JsonNode schema, String pointer) {
        Type type = own(schema, pointer);
        JsonNode all = schema.path("allOf");
        if (all.isMissingNode()) {
            return type;
        }
        if (!all.isArray()) {
            problem(pointer + "/allOf", "`allOf` must be an array of schemas");
            return type;
        }
        for (int i = 0; i < all.size(); i++) {
            String part = pointer + "/allOf/" + i;
            type = both(type, type(all.get(i), part), part);
        }
        return type;
    }

    private Type own(JsonNode schema, String pointer) {
        Optional<Type> xdmType = xdmType(schema, pointer);
        if (xdmType.isPresent()) {
            return xdmType.get();
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.path(choice).isArray() && !schema.has("type") && !schema.has("properties")) {
                return alternatives(schema.get(choice), pointer + "/" + choice);
            }
        }
        return switch (typeName(schema, pointer)) {
            case "string" -> text(schema);
            case "integer" -> Type.INTEGER;
            case "number" -> Type.DOUBLE;
            case "boolean" -> Type.BOOLEAN;
            case "array" -> list(schema, pointer);
            case "object" -> object(schema, pointer);
            default -> Type.ANY;
        };
    }

    /** Returns the XDM type, which is more precise than JSON Schema allows. */
    private Optional<Type> xdmType(JsonNode schema, String pointer) {
        return switch (schema.path("meta:xdmType").asText("")) {
            case "int", "integer", "long", "short", "byte" -> Optional.of(Type.INTEGER);
            case "double", "float", "number" -> Optional.of(Type.DOUBLE);
            case "boolean" -> Optional.of(Type.BOOLEAN);
            case "date", "date-time" -> Optional.of(Type.TIMESTAMP);
            case "map" -> Optional.of(map(schema, pointer));
            default -> Optional.empty();
        };
    }

    /** Returns the only type besides {@code null}; empty when there are several or none is known. */
    private String typeName(JsonNode schema, String pointer) {
        JsonNode type = schema.path("type");
        List<String> names = new ArrayList<>();
        if (type.isTextual()) {
            names.add(type.textValue());
        } else if (type.isArray()) {
            type.forEach(name -> names.add(name.asText()));
        } else if (!type.isMissingNode()) {
            problem(pointer + "/type", "a type must be a string or an array of strings");
        }
        for (String name : names) {
            if (!Set.of("string", "integer", "number", "boolean", "array", "object", "null")
                    .contains(name)) {
                problem(pointer + "/type", "there is no type `" + name + "`");
            }
        }
        names.remove("null");
        if (names.size() == 2 && names.containsAll(List.of("integer", "number"))) {
            return "number";
        }
        return names.isEmpty() ? inferred(schema) : names.size() == 1 ? names.getFirst() : "";
    }

    private static String inferred(JsonNode schema) {
        if (schema.has("properties") || schema.has("additionalProperties") || schema.has("patternProperties")) {
            return "object";
        }
        if (schema.has("items")) {
            return "array";
        }
        JsonNode sample =
                schema.has("const") ? schema.get("const") : schema.path("enum").path(0);
        return sample.isTextual()
                ? "string"
                : sample.isIntegralNumber()
                        ? "integer"
                        : sample.isNumber() ? "number" : sample.isBoolean() ? "boolean" : "";
    }

    private static Type text(JsonNode schema) {
        return switch (schema.path("format").asText("")) {
            case "date", "date-time" -> Type.TIMESTAMP;
            default -> Type.STRING;
        };
    }

    private Type list(JsonNode schema, String pointer) {
        JsonNode items = schema.path("items");
        // An array of schemas describes a tuple, whose items have different types.
        return new ListOf(items.isMissingNode() || items.isArray() ? Type.ANY : type(items, pointer + "/items"));
    }

    private Type object(JsonNode schema, String pointer) {
        JsonNode properties = schema.path("properties");
        JsonNode more = schema.path("additionalProperties");
        if (!properties.isMissingNode() && !properties.isObject()) {
            problem(pointer + "/properties", "`properties` must be an object");
            return new ObjectOf(Map.of(), true);
        }
        if (properties.isEmpty()
                && (more.isObject() || schema.path("patternProperties").isObject())) {
            return map(schema, pointer);
        }
        Map<String, Type> fields = new LinkedHashMap<>();
        properties.properties().forEach(property -> {
            String name = property.getKey();
            String plain = name.startsWith(XDM_PREFIX) ? name.substring(XDM_PREFIX.length()) : name;
            String place = pointer + "/properties/" + name.replace("~", "~0").replace("/", "~1");
            Type type = type(property.getValue(), place);
            if (fields.put(plain, type) != null) {
                problem(place, "the field `" + plain + "` is declared twice");
            }
        });
        if (more.isObject()) {
            type(more, pointer + "/additionalProperties");
        }
        boolean saysNothing = properties.isMissingNode() && more.isMissingNode() && !schema.has("allOf");
        return new ObjectOf(fields, saysNothing || more.isObject() || more.asBoolean(false));
    }

    private Type map(JsonNode schema, String pointer) {
        JsonNode values = schema.path("additionalProperties");
        if (values.isObject()) {
            return new MapOf(type(values, pointer + "/additionalProperties"));
        }
        List<Type> types = new ArrayList<>();
        schema.path("patternProperties")
                .properties()
                .forEach(pattern -> types.add(type(
                        pattern.getValue(),
                        pointer + "/patternProperties/"
                                + pattern.getKey().replace("~", "~0").replace("/", "~1"))));
        return new MapOf(
                types.isEmpty() ? Type.ANY : types.stream().reduce(this::either).orElseThrow());
    }

    // ---- Several schemas for one value

    /** Returns the type of values that conform to both types. */
    private Type both(Type one, Type other, String pointer) {
        if (one instanceof ObjectOf a && other instanceof ObjectOf b) {
            Map<String, Type> fields = new LinkedHashMap<>(a.fields());
            b.fields()
                    .forEach((name, type) ->
                            fields.merge(name, type, (x, y) -> both(x, y, pointer + "/properties/" + name)));
            boolean isOpen = (a.open() || a.fields().isEmpty())
                    && (b.open() || b.fields().isEmpty());
            return new ObjectOf(fields, isOpen);
        }
        if (one instanceof ListOf a && other instanceof ListOf b) {
            return new ListOf(both(a.element(), b.element(), pointer + "/items"));
        }
        if (one instanceof Type.Any || one.equals(other)) {
            return other;
        }
        if (other instanceof Type.Any) {
            return one;
        }
        if (one.isNumber() && other.isNumber()) {
            return Type.INTEGER;
        }
        if (isText(one) && isText(other)) {
            return Type.TIMESTAMP;
        }
        if (isEmptyObject(one) && other instanceof MapOf) {
            return other;
        }
        if (isEmptyObject(other) && one instanceof MapOf) {
            return one;
        }
        problem(pointer, "the same value cannot be " + one.notation() + " and " + other.notation());
        return Type.ANY;
    }

    /** Timestamps are strings in a certain format. */
    private static boolean isText(Type type) {
        return type.equals(Type.STRING) || type.equals(Type.TIMESTAMP);
    }

    private static boolean isEmptyObject(Type type) {
        return type instanceof ObjectOf object && object.fields().isEmpty();
    }

    private Type alternatives(JsonNode choices, String pointer) {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            JsonNode choice = choices.get(i);
            if (!choice.path("type").asText("").equals("null")) {
                types.add(type(choice, pointer + "/" + i));
            }
        }
        return types.stream().reduce(this::either).orElse(Type.ANY);
    }

    /** Returns the type of values that conform to either type. */
    private Type either(Type one, Type other) {
        if (one.equals(other)) {
            return one;
        }
        if (one.isNumber() && other.isNumber()) {
            return Type.DOUBLE;
        }
        if (one instanceof ObjectOf a && other instanceof ObjectOf b) {
            Map<String, Type> fields = new LinkedHashMap<>(a.fields());
            b.fields().forEach((name, type) -> fields.merge(name, type, this::either));
            return new ObjectOf(fields, a.open() || b.open());
        }
        if (one instanceof ListOf a && other instanceof ListOf b) {
            return new ListOf(either(a.element(), b.element()));
        }
        return Type.ANY;
    }

    private void problem(String pointer, String message) {
        problems.add(new Problem(pointer, message));
    }
}
