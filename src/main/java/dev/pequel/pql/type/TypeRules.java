package dev.pequel.pql.type;

import dev.pequel.pql.type.Type.Any;
import dev.pequel.pql.type.Type.GroupsOf;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.Type.Null;
import dev.pequel.pql.type.Type.ObjectOf;
import dev.pequel.pql.type.Type.Primitive;
import dev.pequel.pql.type.Type.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules for the compatibility of types. */
public final class TypeRules {

    /** The compatibility of two types in a comparison. */
    public enum Fit {
        FITS,
        /** One side is a list made by a path, so any item may satisfy the comparison (P21). */
        SOME_ITEM,
        /** One side is an object or map, the other a single value: never true for data that conforms to the schema. */
        OBJECT_AND_VALUE,
        DIFFERS,
        /** The types have no order. */
        UNORDERED
    }

    private TypeRules() {}

    /** Whether the type is compatible with every use. */
    public static boolean isOpen(Type type) {
        return type instanceof Any || type instanceof Null;
    }

    public static boolean isObjectLike(Type type) {
        return type instanceof ObjectOf || type instanceof MapOf;
    }

    /** Returns the type of the items of a type that can be iterated over; a group is the list of its items (P45). */
    public static Optional<Type> item(Type type) {
        return switch (type) {
            case ListOf list -> Optional.of(list.element());
            case GroupsOf groups -> Optional.of(new ListOf(groups.item()));
            case Any any -> Optional.of(Type.ANY);
            case Null none -> Optional.of(Type.ANY);
            default -> Optional.empty();
        };
    }

    /** Returns the type below all lists: the type of the items, of their items, and so on. */
    public static Type innermost(Type type) {
        Type inner = type;
        while (inner instanceof ListOf list) {
            inner = list.element();
        }
        return inner;
    }

    public static boolean isPathMade(Type type) {
        return type instanceof ListOf list && list.throughPath();
    }

    /** Returns the compatibility of two types for equality (P22, P23). */
    public static Fit equality(Type left, Type right) {
        if (isOpen(left) || isOpen(right)) {
            return Fit.FITS;
        }
        if (left instanceof ListOf one && right instanceof ListOf other) {
            return equality(one.element(), other.element()) == Fit.DIFFERS ? Fit.DIFFERS : Fit.FITS;
        }
        if (left instanceof ListOf list) {
            return someItem(list, right, equality(list.element(), right));
        }
        if (right instanceof ListOf list) {
            return someItem(list, left, equality(left, list.element()));
        }
        if (left.isNumber() && right.isNumber()) {
            return Fit.FITS;
        }
        if (isObjectLike(left) || isObjectLike(right)) {
            return isObjectLike(left) && isObjectLike(right)
                    ? Fit.FITS
                    : left instanceof Primitive || right instanceof Primitive ? Fit.OBJECT_AND_VALUE : Fit.DIFFERS;
        }
        if (left instanceof Tuple one && right instanceof Tuple other) {
            return one.items().size() == other.items().size() ? Fit.FITS : Fit.DIFFERS;
        }
        return left instanceof Primitive && left.equals(right) ? Fit.FITS : Fit.DIFFERS;
    }

    /** Returns the compatibility of two types for {@code <}, {@code <=}, {@code >} and {@code >=} (P22). */
    public static Fit order(Type left, Type right) {
        if (left instanceof ListOf list && list.throughPath() && !(right instanceof ListOf)) {
            return someItem(list, right, order(list.element(), right));
        }
        if (right instanceof ListOf list && list.throughPath() && !(left instanceof ListOf)) {
            return someItem(list, left, order(left, list.element()));
        }
        return isOrdered(left) && isOrdered(right) ? equality(left, right) : Fit.UNORDERED;
    }

    private static Fit someItem(ListOf list, Type other, Fit items) {
        return !list.throughPath() ? Fit.DIFFERS : items == Fit.FITS ? Fit.SOME_ITEM : items;
    }

    /** Whether values of the type are ordered: numbers, strings and timestamps. */
    public static boolean isOrdered(Type type) {
        return isOpen(type) || type.isNumber() || type.equals(Type.STRING) || type.equals(Type.TIMESTAMP);
    }

    /** Returns the common type of two alternatives; empty when there is none (P44). */
    public static Optional<Type> common(Type one, Type other) {
        if (one.equals(other) || other instanceof Null) {
            return Optional.of(one);
        }
        if (one instanceof Null) {
            return Optional.of(other);
        }
        if (one instanceof Any || other instanceof Any) {
            return Optional.of(Type.ANY);
        }
        if (one.isNumber() && other.isNumber()) {
            boolean isUnsure = one.equals(Type.NUMBER) || other.equals(Type.NUMBER);
            return Optional.of(isUnsure ? Type.NUMBER : Type.DOUBLE);
        }
        return switch (one) {
            case ListOf a
            when other instanceof ListOf b ->
                common(a.element(), b.element()).map(item -> new ListOf(item, a.throughPath() && b.throughPath()));
            case MapOf a
            when other instanceof MapOf b -> common(a.value(), b.value()).map(MapOf::new);
            case ObjectOf a when other instanceof ObjectOf b -> Optional.of(merged(a, b));
            case Type any when isObjectLike(any) && isObjectLike(other) -> Optional.of(new ObjectOf(Map.of(), true));
            case GroupsOf a
            when other instanceof GroupsOf b ->
                Optional.of(new GroupsOf(
                        common(a.key(), b.key()).orElse(Type.ANY),
                        common(a.item(), b.item()).orElse(Type.ANY)));
            default -> Optional.empty();
        };
    }

    /** Returns the type of the items of a list literal, or {@link Type#ANY} when they have nothing in common. */
    public static Type common(List<Type> types) {
        Type result = Type.NULL;
        for (Type type : types) {
            result = common(result, type).orElse(Type.ANY);
        }
        return result instanceof Null ? Type.ANY : result;
    }

    private static ObjectOf merged(ObjectOf a, ObjectOf b) {
        Map<String, Type> fields = new LinkedHashMap<>(a.fields());
        b.fields()
                .forEach((name, type) ->
                        fields.merge(name, type, (x, y) -> common(x, y).orElse(Type.ANY)));
        return new ObjectOf(fields, a.open() || b.open());
    }

    /** Returns the type of {@code +}, {@code -}, {@code *} and {@code %} of two numbers (P35). */
    public static Type arithmetic(Type left, Type right) {
        if (left.equals(Type.DOUBLE) || right.equals(Type.DOUBLE)) {
            return Type.DOUBLE;
        }
        return left.equals(Type.INTEGER) && right.equals(Type.INTEGER) ? Type.INTEGER : Type.NUMBER;
    }
}
