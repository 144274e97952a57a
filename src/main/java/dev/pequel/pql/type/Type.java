package dev.pequel.pql.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The static type of an expression (section "Types" of the language page). */
public sealed interface Type {

    Type ANY = new Any();
    Type NULL = new Null();
    Type BOOLEAN = new Primitive("Boolean");
    Type INTEGER = new Primitive("Integer");
    Type DOUBLE = new Primitive("Double");
    Type STRING = new Primitive("String");
    Type TIMESTAMP = new Primitive("Timestamp");

    /** A value the schema says nothing about. Every operation accepts it; a mismatch at run time is a missing value. */
    record Any() implements Type {}

    /** The type of the literal {@code null}; goes with every type. */
    record Null() implements Type {}

    /** Boolean, Integer, Double, String or Timestamp: use the constants. */
    record Primitive(String name) implements Type {}

    /**
     * A list.
     *
     * @param throughPath whether the list came about because a path crossed a list (P20); only such a list may be
     *     compared with a single value (P21)
     */
    record ListOf(Type element, boolean throughPath) implements Type {
        public ListOf(Type element) {
            this(element, false);
        }
    }

    /** A map from string to values of one type. */
    record MapOf(Type value) implements Type {}

    /**
     * An object.
     *
     * @param fields the known fields
     * @param open whether other fields may exist, which then have type {@link Any}; a closed object refuses them
     */
    record ObjectOf(Map<String, Type> fields, boolean open) implements Type {
        public ObjectOf {
            fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
        }

        public Optional<Type> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }
    }

    /** The result of {@code groupBy}: a list of groups, each a key and the list of its items. */
    record GroupsOf(Type key, Type item) implements Type {}

    /** An item of a {@code select} with several variables. */
    record Tuple(List<Type> items) implements Type {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    default boolean isNumber() {
        return this.equals(INTEGER) || this.equals(DOUBLE);
    }
}
