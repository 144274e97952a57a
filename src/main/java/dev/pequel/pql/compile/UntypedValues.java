package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.column.IsoTime;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.ComparisonOperator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The rules for values as objects, used where types are known only at run time. {@code null} is a missing value. */
final class UntypedValues {

    private UntypedValues() {}

    /** A timestamp in epoch microseconds. */
    record Time(long micros) {}

    /** An object, map or list stored in a column. */
    record Stored(Column.Part part, int row) {}

    /** A list; items may be missing. */
    record Items(List<Object> items, boolean throughPath) {}

    /** An object or map made by the expression; it has no entries for fields without a value. */
    record Fields(Map<String, Object> fields) {}

    /** The result of {@code groupBy}: groups in order of first appearance. */
    record Groups(List<Group> groups) {}

    record Group(Object key, List<Object> items) {}

    // ---- Columns

    static Object at(Frame frame, Column column, int row) {
        if (row < 0) {
            return null;
        }
        for (Column.Part part : column.parts()) {
            if (part.isPresent(row)) {
                return at(frame, part, row);
            }
        }
        return null;
    }

    /** Returns the value of a part in a row that has one. */
    private static Object at(Frame frame, Column.Part part, int row) {
        return switch (part) {
            case Column.BooleanPart flags -> flags.get(row) == 1;
            case Column.LongPart longs -> longs.get(row);
            case Column.DoublePart doubles -> doubles.get(row);
            case Column.TextPart texts -> frame.text(texts.dictionary(), texts.code(row));
            case Column.TimePart times -> times.text(row);
            case Column.ObjectPart objects -> new Stored(objects, row);
            case Column.MapPart maps -> new Stored(maps, row);
            case Column.ListPart lists -> new Stored(lists, row);
        };
    }

    /** Returns the items of a list, or {@code null} for a missing value and any other value. */
    static List<Object> items(Frame frame, Object value) {
        return switch (value) {
            case Items list -> list.items();
            case Groups groups -> {
                List<Object> lists = new ArrayList<>();
                groups.groups().forEach(group -> lists.add(new Items(group.items(), false)));
                yield lists;
            }
            case Stored(Column.ListPart list, int row) -> {
                List<Object> items = new ArrayList<>(list.end(row) - list.start(row));
                for (int element = list.start(row); element < list.end(row); element++) {
                    items.add(at(frame, list.elements(), element));
                }
                yield items;
            }
            case null, default -> null;
        };
    }

    /** Returns the fields of an object or map in stored order, or {@code null} for any other value. */
    static Map<String, Object> fields(Frame frame, Object value) {
        return switch (value) {
            case Fields object -> object.fields();
            case Stored(Column.ObjectPart object, int row) -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                object.fields().forEach((name, column) -> {
                    Object field = at(frame, column, row);
                    if (field != null) {
                        fields.put(name, field);
                    }
                });
                yield fields;
            }
            case Stored(Column.MapPart map, int row) -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int entry = map.start(row); entry < map.end(row); entry++) {
                    fields.putIfAbsent(map.key(entry), at(frame, map.values(), entry));
                }
                yield fields;
            }
            case null, default -> null;
        };
    }

    /** Returns the value of a key of an object or map. */
    static Object get(Frame frame, Object value, String key) {
        return switch (value) {
            case Fields object -> object.fields().get(key);
            case Stored(Column.ObjectPart object, int row) -> {
                Column column = object.fields().get(key);
                yield column == null ? null : at(frame, column, row);
            }
            case Stored(Column.MapPart map, int row) -> {
                frame.read(map.end(row) - map.start(row));
                yield at(frame, map.values(), map.find(row, key));
            }
            case null, default -> null;
        };
    }

    /** Whether {@link #items} returns a list. */
    static boolean isList(Object value) {
        return value instanceof Items
                || value instanceof Groups
                || value instanceof Stored stored && stored.part() instanceof Column.ListPart;
    }

    /** Whether {@link #fields} returns a map. */
    static boolean isObject(Object value) {
        return value instanceof Fields || value instanceof Stored stored && !(stored.part() instanceof Column.ListPart);
    }

    /**
     * Returns the number of values in a list, including nested lists and objects but not content of columns. Counts
     * them as read, because a list made by the expression may contain another list many times.
     */
    static int size(Frame frame, Collection<Object> items) {
        frame.walk(items.size());
        long size = items.size();
        for (Object item : items) {
            size += switch (item) {
                case Items list -> size(frame, list.items());
                case Fields object -> size(frame, object.fields().values());
                case null, default -> 0;
            };
        }
        return (int) Math.min(size, Integer.MAX_VALUE / 2);
    }

    /** Follows a step of a path (P20). */
    static Object step(Frame frame, Object value, String name) {
        List<Object> items = items(frame, value);
        if (items == null) {
            return get(frame, value, name);
        }
        frame.walk(items.size());
        List<Object> result = new ArrayList<>();
        for (Object item : items) {
            int held = frame.held();
            Object field = step(frame, item, name);
            List<Object> nested = items(frame, field);
            frame.release(held);
            int before = result.size();
            if (nested != null) {
                nested.stream().filter(element -> element != null).forEach(result::add);
            } else if (field != null) {
                result.add(field);
            }
            frame.make(result.size() - before);
        }
        return new Items(result, true);
    }

    static boolean isThroughPath(Object value) {
        return value instanceof Items list && list.throughPath();
    }

    // ---- Boolean position

    static boolean isTrue(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return switch (value) {
            case Items list -> !list.items().isEmpty();
            case Groups groups -> !groups.groups().isEmpty();
            case Stored(Column.ListPart list, int row) -> list.end(row) > list.start(row);
            case null -> false;
            default -> true;
        };
    }

    /**
     * Returns a whole number, also for a double without a fraction; otherwise
     * {@link CompiledExpression.OfLong#MISSING}.
     */
    static long whole(Object value) {
        return switch (value) {
            case Long whole -> whole;
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
            case null, default -> CompiledExpression.OfLong.MISSING;
        };
    }

    // ---- Times

    /** Returns the value read as a timestamp, or {@link IsoTime#MISSING} when it is not one. */
    static long micros(Object value) {
        return switch (value) {
            case Time time -> time.micros();
            case Long millis -> IsoTime.millisToMicros((long) millis);
            case Double millis -> IsoTime.millisToMicros((double) millis);
            case String text -> micros(text);
            case null, default -> IsoTime.MISSING;
        };
    }

    static long micros(String text) {
        OptionalLong micros = IsoTime.parse(text);
        return micros.isPresent() ? micros.getAsLong() : IsoTime.MISSING;
    }

    /** Returns the value, or each item of a list, read as a timestamp. */
    static Object toTime(Frame frame, Object value) {
        List<Object> items = items(frame, value);
        if (items == null) {
            long micros = micros(value);
            return micros == IsoTime.MISSING ? null : new Time(micros);
        }
        frame.make(items.size());
        List<Object> times = new ArrayList<>(items.size());
        items.forEach(item -> times.add(toTime(frame, item)));
        return new Items(times, isThroughPath(value));
    }

    // ---- Comparison

    /** Compares two values. A list made by a path passes when any item does (P21). */
    static boolean compare(Frame frame, ComparisonOperator operator, Object left, Object right) {
        if (left == null || right == null) {
            return false;
        }
        boolean leftList = isThroughPath(left);
        boolean rightList = isThroughPath(right);
        if (leftList && !isList(right)) {
            return walked(frame, items(frame, left)).stream().anyMatch(item -> compare(frame, operator, item, right));
        }
        if (rightList && !isList(left)) {
            return walked(frame, items(frame, right)).stream().anyMatch(item -> compare(frame, operator, left, item));
        }
        return switch (operator) {
            case EQUAL -> sameKind(left, right) && equal(frame, left, right);
            case NOT_EQUAL -> sameKind(left, right) && !equal(frame, left, right);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                Integer order = order(frame, left, right);
                yield order != null && holds(operator, order);
            }
        };
    }

    /** Returns the items, counted as read. */
    static List<Object> walked(Frame frame, List<Object> items) {
        frame.walk(items.size());
        return items;
    }

    /** Whether a comparison holds, by the order of its operands: negative, 0 or positive. */
    static boolean holds(ComparisonOperator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** Whether the values are of one type; otherwise they are neither equal nor different (P15). */
    private static boolean sameKind(Object left, Object right) {
        return left instanceof Number
                ? right instanceof Number
                : isList(left) ? isList(right) : isObject(left) ? isObject(right) : left.getClass() == right.getClass();
    }

    /** Returns the order of two numbers, strings, timestamps or Booleans; {@code null} when they have none (P22). */
    static Integer order(Frame frame, Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> Long.compare(a, b);
            case Long a when right instanceof Double b -> order((long) a, (double) b);
            case Double a when right instanceof Long b -> -order((long) b, (double) a);
            case Double a when right instanceof Double b -> Double.compare(a + 0.0, b + 0.0);
            case String a when right instanceof String b -> orderTexts(frame, a, b);
            case Time a when right instanceof Time b -> Long.compare(a.micros(), b.micros());
            case null, default -> null;
        };
    }

    /** The rank of types without an order. */
    static final int UNORDERED = 3;

    /** Returns the rank of a value's type where several types are sorted: numbers, then strings, then timestamps. */
    static int rank(Object value) {
        return switch (value) {
            case Number number -> 0;
            case String text -> 1;
            case Time time -> 2;
            case null, default -> UNORDERED;
        };
    }

    /** Compares two numbers by value, without rounding a large whole number to the nearest double. */
    private static int order(long left, double right) {
        if (right >= 0x1p63) {
            return -1;
        }
        if (right < -0x1p63) {
            return 1;
        }
        long whole = (long) right;
        return left != whole ? Long.compare(left, whole) : Double.compare(0, right - whole + 0.0);
    }

    /** Compares by code points. {@link String#compareTo} differs for characters beyond the basic plane. */
    static int orderTexts(Frame frame, String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                frame.read(i);
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        frame.read(length);
        return Integer.compare(left.length(), right.length());
    }

    /** Whether two present values are equal; values of different types are not. */
    static boolean equal(Frame frame, Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> a.equals(b);
            case String a
            when right instanceof String b -> {
                frame.read(Math.min(a.length(), b.length()));
                yield a.equals(b);
            }
            default -> {
                int held = frame.held();
                boolean equal = key(frame, left).equals(key(frame, right));
                frame.release(held);
                yield equal;
            }
        };
    }

    /**
     * Returns an object that is equal for equal values: numbers by value, lists as multisets, objects by their fields
     * (P23). All missing values have one key.
     */
    static Object key(Frame frame, Object value) {
        if (value == null) {
            return Missing.KEY;
        }
        if (value instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p63;
            return whole ? (Object) number.longValue() : number;
        }
        List<Object> items = items(frame, value);
        if (items != null) {
            frame.make(items.size());
            Map<Object, Object> counts = new HashMap<>();
            items.forEach(item -> counts.merge(key(frame, item), 1, (a, b) -> (Integer) a + (Integer) b));
            return new Composite(true, counts);
        }
        Map<String, Object> fields = fields(frame, value);
        if (fields != null) {
            frame.make(fields.size());
            Map<Object, Object> keys = new HashMap<>();
            fields.forEach((name, field) -> keys.put(name, key(frame, field)));
            return new Composite(false, keys);
        }
        return value;
    }

    private enum Missing {
        KEY
    }

    /**
     * The key of a list or an object. Comparable because clients choose the content and may choose many keys with one
     * hash code: Java's hash tables then keep comparable keys in order.
     *
     * @param content the number of occurrences of each key of a list, or the keys of an object's fields by name
     */
    private record Composite(boolean isList, Map<Object, Object> content) implements Comparable<Composite> {

        @Override
        public int compareTo(Composite other) {
            return text().compareTo(other.text());
        }

        /** Returns a text that is the same for equal keys, whatever the order of their content. */
        private String text() {
            return content.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(",", isList ? "[" : "{", isList ? "]" : "}"));
        }

        private static String text(Object key) {
            return key instanceof Composite composite
                    ? composite.text()
                    : key.getClass().getSimpleName() + key;
        }
    }

    // ---- Arithmetic

    /**
     * P35. Missing when an operand is missing or not a number, for a zero divisor, and beyond the range of a double.
     */
    static Object arithmetic(ArithmeticOperator operator, Object left, Object right) {
        if (!(left instanceof Number) || !(right instanceof Number)) {
            return null;
        }
        if (operator != ArithmeticOperator.DIVIDE && left instanceof Long a && right instanceof Long b) {
            return integers(operator, a, b);
        }
        double result = doubles(operator, ((Number) left).doubleValue(), ((Number) right).doubleValue());
        return Double.isNaN(result) ? null : result;
    }

    /**
     * On 64-bit overflow, computes with doubles; also when the result is the smallest long, which marks a missing
     * number.
     */
    private static Object integers(ArithmeticOperator operator, long left, long right) {
        if (operator == ArithmeticOperator.REMAINDER && right == 0) {
            return null;
        }
        try {
            long result = switch (operator) {
                case ADD -> Math.addExact(left, right);
                case SUBTRACT -> Math.subtractExact(left, right);
                case MULTIPLY -> Math.multiplyExact(left, right);
                case REMAINDER -> left % right;
                case DIVIDE -> throw new IllegalArgumentException("division is never whole");
            };
            return result == CompiledExpression.OfLong.MISSING ? (Object) (double) result : (Object) result;
        } catch (ArithmeticException overflow) {
            return doubles(operator, left, right);
        }
    }

    /** Returns NaN for a missing operand or result. */
    static double doubles(ArithmeticOperator operator, double left, double right) {
        double result = switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? Double.NaN : left / right;
            case REMAINDER -> left % right;
        };
        return Double.isInfinite(result) ? Double.NaN : result;
    }

    static Object negate(Object value) {
        return switch (value) {
            case Long integer -> integers(ArithmeticOperator.SUBTRACT, 0, integer);
            case Double number -> -number;
            case null, default -> null;
        };
    }
}
