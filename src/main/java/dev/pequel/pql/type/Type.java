package dev.pequel.pql.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The static type of an expression (section "Types" of the language page). */
public sealed interface Type {

    Type ANY = new Any();
    Type NULL = new Null();
    Type BOOLEAN = new Primitive("Boolean");
    Type INTEGER = new Primitive("Integer");
    Type DOUBLE = new Primitive("Double");
    /** A number that is an Integer or a Double depending on the data, such as the sum of a list. */
    Type NUMBER = new Primitive("Number");

    Type STRING = new Primitive("String");
    Type TIMESTAMP = new Primitive("Timestamp");

    /**
     * A value of unknown type. Every operation accepts it; at run time, a value of the wrong type counts as missing.
     */
    record Any() implements Type {}

    /** The type of the literal {@code null}, which is compatible with every type. */
    record Null() implements Type {}

    /** Boolean, Integer, Double, Number, String or Timestamp: use the constants. */
    record Primitive(String name) implements Type {}

    /**
     * A list.
     *
     * @param throughPath whether the list was made by a path that crossed a list (P20); only such a list may be
     *     compared with a single value (P21)
     */
    record ListOf(Type element, boolean throughPath) implements Type {
        public ListOf(Type element) {
            this(element, false);
        }
    }

    /** A map from strings to values of one type. */
    record MapOf(Type value) implements Type {}

    /**
     * An object.
     *
     * @param fields the known fields
     * @param open whether other fields may exist, with type {@link Any}; a closed object refuses them
     */
    record ObjectOf(Map<String, Type> fields, boolean open) implements Type {
        public ObjectOf {
            fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
        }

        public Optional<Type> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }
    }

    /** The result of {@code groupBy}: a list of groups, each with a key and the list of its items. */
    record GroupsOf(Type key, Type item) implements Type {}

    /** An item of a {@code select} with several variables. */
    record Tuple(List<Type> items) implements Type {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    default boolean isNumber() {
        return this.equals(INTEGER) || this.equals(DOUBLE) || this.equals(NUMBER);
    }

    /** Returns the notation for clients, such as {@code List[String]} or {@code Map[String, Integer]}. */
    default String notation() {
        return switch (this) {
            case Any any -> "Any";
            case Null none -> "Null";
            case Primitive primitive -> primitive.name();
            case ListOf list -> "List[" + list.element().notation() + "]";
            case MapOf map -> "Map[String, " + map.value().notation() + "]";
            case ObjectOf object -> "Object";
            case GroupsOf groups ->
                "Groups[" + groups.key().notation() + ", " + groups.item().notation() + "]";
            case Tuple tuple ->
                tuple.items().stream().map(Type::notation).collect(Collectors.joining(", ", "Tuple[", "]"));
        };
    }
}
