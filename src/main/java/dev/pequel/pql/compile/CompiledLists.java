package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.column.IsoTime;
import dev.pequel.pql.function.Function;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compiled expressions that make, filter and search lists (section "Lists" of the language page). */
final class CompiledLists {

    private CompiledLists() {}

    // ---- Items that are rows of a column

    /** The rows that satisfy a condition. */
    static final class FilteredRows extends CompiledExpression.OfRows {
        private final OfRows source;
        private final int slot;
        private final CompiledExpression condition;

        FilteredRows(OfRows source, int slot, CompiledExpression condition, boolean throughPath) {
            super(source.column, throughPath);
            this.source = source;
            this.slot = slot;
            this.condition = condition;
        }

        @Override
        void collect(Frame frame, Rows into) {
            int kept = into.size;
            source.collect(frame, into);
            for (int i = kept; i < into.size; i++) {
                frame.item(i);
                int row = into.row[i];
                frame.rows[slot] = row;
                if (condition.test(frame)) {
                    into.row[kept++] = row;
                }
            }
            into.size = kept;
        }

        /** A missing list is filtered like an empty one (P19). */
        @Override
        boolean isPresent(Frame frame) {
            return true;
        }

        @Override
        boolean isPathMade(Frame frame) {
            return throughPath && source.isPresent(frame) && source.isPathMade(frame);
        }

        /** Returns the same items as a loop, which may stop early. */
        Quantifiers.Loop loop(int buffer) {
            return Quantifiers.overRows(source, buffer, slot, Optional.of(condition), Optional.empty());
        }
    }

    static final class FirstRow extends RowSource {
        private final CompiledExpression.OfRows source;
        private final int buffer;

        FirstRow(CompiledExpression.OfRows source, int buffer) {
            this.source = source;
            this.buffer = buffer;
        }

        @Override
        int row(Frame frame) {
            if (source instanceof CompiledColumns.Elements elements) {
                int start = elements.start(frame);
                return start < elements.end(frame) ? start : -1;
            }
            Rows rows = frame.buffer(buffer);
            source.collect(frame, rows);
            return rows.size == 0 ? -1 : rows.row[0];
        }
    }

    /** The entry of a map. */
    static final class EntryRow extends RowSource {
        private final Column.MapPart map;
        private final RowSource source;
        private final int keyCode;

        EntryRow(Column.MapPart map, RowSource source, String key) {
            this.map = map;
            this.source = source;
            this.keyCode = map.keyCode(key);
        }

        @Override
        int row(Frame frame) {
            int row = source.row(frame);
            if (row < 0 || keyCode < 0) {
                return -1;
            }
            frame.read(map.end(row) - map.start(row));
            return map.find(row, keyCode);
        }
    }

    static final class DistinctRows extends CompiledExpression.OfRows {
        private final OfRows source;

        DistinctRows(OfRows source) {
            super(source.column, false);
            this.source = source;
        }

        @Override
        void collect(Frame frame, Rows into) {
            int kept = into.size;
            source.collect(frame, into);
            int held = frame.held();
            Set<Object> seen = new HashSet<>();
            for (int i = kept; i < into.size; i++) {
                frame.item(i);
                if (seen.add(UntypedValues.key(frame, UntypedValues.at(frame, column, into.row[i])))) {
                    into.row[kept++] = into.row[i];
                }
            }
            into.size = kept;
            frame.release(held);
        }

        @Override
        boolean isPresent(Frame frame) {
            return source.isPresent(frame);
        }
    }

    /** The rows with the largest or smallest keys (P34). */
    static final class TopRows extends CompiledExpression.OfRows {
        private final OfRows source;
        private final int slot;
        private final CompiledExpression key;
        private final CompiledExpression count;
        private final boolean largest;

        TopRows(OfRows source, int slot, CompiledExpression key, CompiledExpression count, boolean largest) {
            super(source.column, false);
            this.source = source;
            this.slot = slot;
            this.key = key;
            this.count = count;
            this.largest = largest;
        }

        @Override
        void collect(Frame frame, Rows into) {
            int start = into.size;
            source.collect(frame, into);
            int held = frame.held();
            frame.make(into.size - start);
            List<Keyed<Integer>> keyed = new ArrayList<>(into.size - start);
            for (int i = start; i < into.size; i++) {
                frame.item(i);
                frame.rows[slot] = into.row[i];
                keyed.add(new Keyed<>(key.value(frame), into.row[i]));
            }
            into.size = start;
            first(frame, keyed, largest, count.value(frame)).forEach(into::add);
            frame.release(held);
        }

        @Override
        boolean isPresent(Frame frame) {
            return true;
        }
    }

    private record Keyed<T>(Object key, T item) {
        Keyed {
            key = UntypedValues.rank(key) == UntypedValues.UNORDERED ? null : key;
        }
    }

    /** Orders keys of different types by type. A key of a type without an order counts as missing. */
    private static <T> List<T> first(Frame frame, List<Keyed<T>> keyed, boolean largest, Object count) {
        long limit = count instanceof Number n ? Math.max(n.longValue(), 0) : 0;
        Comparator<Object> order = Comparator.<Object>comparingInt(UntypedValues::rank)
                .thenComparing((a, b) -> UntypedValues.order(frame, a, b));
        Comparator<Object> missingLast = Comparator.nullsLast(largest ? order.reversed() : order);
        return keyed.stream()
                .sorted(Comparator.comparing(Keyed::key, missingLast))
                .limit(limit)
                .map(Keyed::item)
                .toList();
    }

    /** Whether any row satisfies a condition (P21). */
    static final class AnyRow extends CompiledExpression.OfBoolean {
        private final OfRows source;
        private final int buffer;
        private final int slot;
        private final CompiledExpression condition;

        AnyRow(OfRows source, int buffer, int slot, CompiledExpression condition) {
            this.source = source;
            this.buffer = buffer;
            this.slot = slot;
            this.condition = condition;
        }

        @Override
        boolean test(Frame frame) {
            Rows rows = frame.buffer(buffer);
            source.collect(frame, rows);
            for (int i = 0; i < rows.size; i++) {
                frame.item(i);
                frame.rows[slot] = rows.row[i];
                if (condition.test(frame)) {
                    return true;
                }
            }
            return false;
        }
    }

    static final class CountRows extends CompiledExpression.OfLong {
        private final OfRows source;
        private final int buffer;

        CountRows(OfRows source, int buffer) {
            super(0, Integer.MAX_VALUE);
            this.source = source;
            this.buffer = buffer;
        }

        @Override
        long integer(Frame frame) {
            if (source instanceof ItemConditions.MatchingRows matching) {
                return matching.count(frame);
            }
            if (source instanceof CompiledColumns.Elements elements) {
                return elements.end(frame) - elements.start(frame);
            }
            Rows rows = frame.buffer(buffer);
            source.collect(frame, rows);
            return rows.size;
        }
    }

    // ---- Items as objects

    /** The body of a compiled expression whose value is an object. */
    @FunctionalInterface
    interface Step {
        Object value(Frame frame);
    }

    static CompiledExpression of(Step step) {
        return new CompiledExpression() {
            @Override
            Object value(Frame frame) {
                return step.value(frame);
            }
        };
    }

    /** Returns the variable in a slot, whose value was computed by an expression, with that expression's type. */
    static CompiledExpression variable(CompiledExpression source, int slot) {
        return switch (source) {
            case CompiledExpression.OfBoolean flag ->
                new CompiledExpression.OfBoolean() {
                    @Override
                    boolean test(Frame frame) {
                        return (Boolean) frame.values[slot];
                    }
                };
            case CompiledExpression.OfLong longs ->
                new CompiledExpression.OfLong(longs.min(), longs.max()) {
                    @Override
                    long integer(Frame frame) {
                        return frame.values[slot] instanceof Long value ? value : MISSING;
                    }
                };
            case CompiledExpression.OfNumber number ->
                new CompiledExpression.OfNumber() {
                    @Override
                    double number(Frame frame) {
                        return frame.values[slot] instanceof Number value ? value.doubleValue() : Double.NaN;
                    }

                    @Override
                    boolean isExact() {
                        return number.isExact();
                    }

                    @Override
                    Object value(Frame frame) {
                        return frame.values[slot];
                    }
                };
            case CompiledExpression.OfTime time ->
                new CompiledExpression.OfTime() {
                    @Override
                    long micros(Frame frame) {
                        return frame.values[slot] instanceof UntypedValues.Time value ? value.micros() : MISSING;
                    }
                };
            default -> of(frame -> frame.values[slot]);
        };
    }

    /** Returns a value as a list; an object becomes the only item of a list. */
    static CompiledExpression asList(CompiledExpression code) {
        return of(frame -> {
            Object value = code.value(frame);
            return UntypedValues.isObject(value) ? made(frame, List.of(value)) : value;
        });
    }

    /** @param keepsPath whether items of a list made by a path may still be compared one by one (P21) */
    static CompiledExpression filtered(
            CompiledExpression list, int slot, CompiledExpression condition, boolean keepsPath) {
        return of(frame -> {
            Object value = list.value(frame);
            List<Object> items = items(frame, value);
            if (items == null) {
                // A missing list is filtered like an empty one (P19). An object that does not match becomes missing
                // (P32).
                if (!UntypedValues.isObject(value)) {
                    return new UntypedValues.Items(List.of(), false);
                }
                frame.values[slot] = value;
                return condition.test(frame) ? value : null;
            }
            List<Object> kept = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                frame.item(i);
                Object item = items.get(i);
                frame.values[slot] = item;
                if (condition.test(frame)) {
                    kept.add(item);
                }
            }
            frame.make(kept.size());
            return new UntypedValues.Items(kept, keepsPath && UntypedValues.isThroughPath(value));
        });
    }

    static CompiledExpression mappedRows(
            CompiledExpression.OfRows list, int buffer, int slot, CompiledExpression body) {
        return of(frame -> {
            Rows rows = frame.buffer(buffer);
            list.collect(frame, rows);
            frame.make(rows.size);
            List<Object> mapped = new ArrayList<>(rows.size);
            for (int i = 0; i < rows.size; i++) {
                frame.item(i);
                frame.rows[slot] = rows.row[i];
                mapped.add(body.value(frame));
            }
            return new UntypedValues.Items(mapped, false);
        });
    }

    static CompiledExpression mapped(CompiledExpression list, int slot, CompiledExpression body) {
        return of(frame -> {
            List<Object> items = itemsOrNone(frame, list.value(frame));
            frame.make(items.size());
            List<Object> mapped = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                frame.item(i);
                frame.values[slot] = items.get(i);
                mapped.add(body.value(frame));
            }
            return new UntypedValues.Items(mapped, false);
        });
    }

    static CompiledExpression top(
            CompiledExpression list, int slot, CompiledExpression key, CompiledExpression count, boolean largest) {
        return of(frame -> {
            List<Object> items = itemsOrNone(frame, list.value(frame));
            frame.make(items.size());
            List<Keyed<Object>> keyed = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                frame.item(i);
                Object item = items.get(i);
                frame.values[slot] = item;
                keyed.add(new Keyed<>(key.value(frame), item));
            }
            return new UntypedValues.Items(present(first(frame, keyed, largest, count.value(frame))), false);
        });
    }

    /** {@link java.util.stream.Stream#toList} allows missing items, but the list must not be shared as it is. */
    private static List<Object> present(List<Object> items) {
        return new ArrayList<>(items);
    }

    static CompiledExpression groupedRows(
            CompiledExpression.OfRows list, int buffer, int slot, CompiledExpression key) {
        return of(frame -> {
            Rows rows = frame.buffer(buffer);
            list.collect(frame, rows);
            Map<Object, UntypedValues.Group> groups = new LinkedHashMap<>();
            for (int i = 0; i < rows.size; i++) {
                frame.item(i);
                frame.rows[slot] = rows.row[i];
                add(frame, groups, key.value(frame), UntypedValues.at(frame, list.column, rows.row[i]));
            }
            return new UntypedValues.Groups(List.copyOf(groups.values()));
        });
    }

    static CompiledExpression grouped(CompiledExpression list, int slot, CompiledExpression key) {
        return of(frame -> {
            Map<Object, UntypedValues.Group> groups = new LinkedHashMap<>();
            List<Object> items = itemsOrNone(frame, list.value(frame));
            for (int i = 0; i < items.size(); i++) {
                frame.item(i);
                Object item = items.get(i);
                frame.values[slot] = item;
                add(frame, groups, key.value(frame), item);
            }
            return new UntypedValues.Groups(List.copyOf(groups.values()));
        });
    }

    private static void add(Frame frame, Map<Object, UntypedValues.Group> groups, Object key, Object item) {
        if (key != null) {
            frame.make(1);
            groups.computeIfAbsent(UntypedValues.key(frame, key), k -> new UntypedValues.Group(key, new ArrayList<>()))
                    .items()
                    .add(item);
        }
    }

    static CompiledExpression mapOfGroups(
            CompiledExpression groups, int keySlot, int groupSlot, CompiledExpression key, CompiledExpression value) {
        return of(frame -> {
            if (!(groups.value(frame) instanceof UntypedValues.Groups(List<UntypedValues.Group> list))) {
                return null;
            }
            frame.make(list.size());
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < list.size(); i++) {
                frame.item(i);
                UntypedValues.Group group = list.get(i);
                frame.values[keySlot] = group.key();
                frame.values[groupSlot] = new UntypedValues.Items(group.items(), false);
                Object name = key.value(frame);
                if (name != null) {
                    entries.put(keyText(frame, name), value.value(frame));
                }
            }
            entries.values().removeIf(entry -> entry == null);
            return new UntypedValues.Fields(entries);
        });
    }

    /** Keys of maps are strings. A key of another type is written as a literal of the language. */
    private static String keyText(Frame frame, Object key) {
        return switch (key) {
            case String text -> text;
            case UntypedValues.Time time -> IsoTime.text(time.micros());
            default -> literal(frame, key);
        };
    }

    private static String literal(Frame frame, Object value) {
        List<Object> items = UntypedValues.items(frame, value);
        if (items != null) {
            frame.make(items.size());
            return items.stream().map(item -> literal(frame, item)).collect(Collectors.joining(", ", "[", "]"));
        }
        Map<String, Object> fields = UntypedValues.fields(frame, value);
        if (fields != null) {
            frame.make(fields.size());
            // Sorts the fields, so that equal objects have equal texts in whatever order their fields are stored.
            return fields.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(field -> quoted(field.getKey()) + ": " + literal(frame, field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return switch (value) {
            case String text -> {
                frame.make(sizeOf(text));
                yield quoted(text);
            }
            case UntypedValues.Time time -> quoted(IsoTime.text(time.micros()));
            case null, default -> String.valueOf(value);
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Returns the items of {@link #asItems}, counted as read. */
    static List<Object> itemsOrNone(Frame frame, Object value) {
        return UntypedValues.walked(frame, asItems(frame, value));
    }

    /**
     * Returns the items of a value that is iterated over (P19): of a list its items, of an object the object itself,
     * of any other value none.
     */
    static List<Object> asItems(Frame frame, Object value) {
        List<Object> items = UntypedValues.items(frame, value);
        return items != null ? items : UntypedValues.isObject(value) ? List.of(value) : List.of();
    }

    /** Returns the items of a list, counted as read, or {@code null} for any other value. */
    private static List<Object> items(Frame frame, Object value) {
        List<Object> items = UntypedValues.items(frame, value);
        return items == null ? null : UntypedValues.walked(frame, items);
    }

    /** Returns a new list, counted towards the memory of the evaluation. */
    static UntypedValues.Items made(Frame frame, List<Object> items) {
        frame.make(items.size());
        return new UntypedValues.Items(items, false);
    }

    /** Returns the number of items as which a new string counts, because strings may be long. */
    static int sizeOf(String text) {
        return text.length() >> Frame.CHARACTERS;
    }

    static CompiledExpression distinct(CompiledExpression list) {
        return of(frame -> {
            Object value = list.value(frame);
            if (!UntypedValues.isList(value) && !UntypedValues.isObject(value)) {
                return null;
            }
            List<Object> items = itemsOrNone(frame, value);
            int held = frame.held();
            Set<Object> seen = new HashSet<>();
            List<Object> kept = new ArrayList<>();
            for (Object item : items) {
                if (seen.add(UntypedValues.key(frame, item))) {
                    kept.add(item);
                }
            }
            frame.release(held);
            return made(frame, kept);
        });
    }

    // ---- Sets

    /** Compiles {@code intersects}, {@code subsetOf} and {@code supersetOf}; false when either list is missing. */
    static CompiledExpression related(Function function, CompiledExpression left, CompiledExpression right) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                List<Object> a = items(frame, left.value(frame));
                List<Object> b = items(frame, right.value(frame));
                boolean related = a != null && b != null && areRelated(frame, function, a, b);
                frame.release(held);
                return related;
            }
        };
    }

    private static boolean areRelated(Frame frame, Function function, List<Object> a, List<Object> b) {
        return switch (function) {
            case INTERSECTS -> presentKeys(frame, b).stream().anyMatch(presentKeys(frame, a)::contains);
            case SUBSET_OF -> keys(frame, b).containsAll(keys(frame, a));
            case SUPERSET_OF -> keys(frame, a).containsAll(keys(frame, b));
            default -> throw new IllegalArgumentException(function + " does not relate two lists");
        };
    }

    private static Set<Object> keys(Frame frame, List<Object> items) {
        return items.stream()
                .map(item -> UntypedValues.key(frame, item))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Object> presentKeys(Frame frame, List<Object> items) {
        return items.stream()
                .filter(item -> item != null)
                .map(item -> UntypedValues.key(frame, item))
                .collect(Collectors.toSet());
    }

    static CompiledExpression intersection(CompiledExpression left, CompiledExpression right) {
        return of(frame -> {
            List<Object> a = items(frame, left.value(frame));
            List<Object> b = items(frame, right.value(frame));
            if (a == null || b == null) {
                return null;
            }
            int held = frame.held();
            Set<Object> wanted = presentKeys(frame, b);
            Set<Object> seen = new HashSet<>();
            List<Object> common = new ArrayList<>();
            for (Object item : a) {
                Object key = UntypedValues.key(frame, item);
                if (wanted.contains(key) && seen.add(key)) {
                    common.add(item);
                }
            }
            frame.release(held);
            return common.isEmpty() ? null : made(frame, common);
        });
    }

    /** Compiles {@code in} for values of unknown type. */
    static CompiledExpression in(boolean negated, CompiledExpression element, CompiledExpression list) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                Object value = element.value(frame);
                List<Object> items = UntypedValues.items(frame, list.value(frame));
                boolean holds = value != null && items != null && in(frame, negated, value, items);
                frame.release(held);
                return holds;
            }
        };
    }

    private static boolean in(Frame frame, boolean negated, Object value, List<Object> items) {
        List<Object> several = items(frame, value);
        return several == null || items.stream().anyMatch(UntypedValues::isList)
                ? contains(frame, items, value) != negated
                : someItem(negated, several, item -> contains(frame, items, item));
    }

    /** Whether any present item passes. Negated: whether there are present items and none of them passes. */
    private static boolean someItem(boolean negated, List<Object> items, Predicate<Object> test) {
        boolean passes = items.stream().anyMatch(item -> item != null && test.test(item));
        return negated ? !passes && items.stream().anyMatch(item -> item != null) : passes;
    }

    private static boolean contains(Frame frame, List<Object> items, Object value) {
        for (Object item : UntypedValues.walked(frame, items)) {
            if (item != null && UntypedValues.equal(frame, value, item)) {
                return true;
            }
        }
        return false;
    }

    /** Compiles {@code in} for a value of any type and a constant list. */
    static CompiledExpression isOneOf(boolean negated, CompiledExpression element, Set<Object> keys) {
        if (element instanceof CompiledColumns.TextOf text) {
            return isOneOf(negated, text, keys);
        }
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                Object value = element.value(frame);
                boolean holds = value != null && keys.contains(UntypedValues.key(frame, value)) != negated;
                frame.release(held);
                return holds;
            }
        };
    }

    /** The largest number of comparisons with a dictionary's strings at compile time; they take about 0.1 s. */
    private static final long LOOKED_UP = 1 << 26;

    private static CompiledExpression isOneOf(boolean negated, CompiledColumns.TextOf text, Set<Object> keys) {
        if ((long) keys.size() * text.dictionary().size() > LOOKED_UP) {
            return CompiledStrings.remembered(text, (frame, string) -> keys.contains(string) != negated);
        }
        boolean[] matching = new boolean[text.dictionary().size()];
        java.util.Arrays.fill(matching, negated);
        for (Object key : keys) {
            int code = key instanceof String wanted ? text.dictionary().find(wanted) : -1;
            if (code >= 0) {
                matching[code] = !negated;
            }
        }
        return CompiledStrings.known(text, matching);
    }

    /** Compiles {@code in} for a constant list without nested lists. A list on the left passes by its items (P21). */
    static CompiledExpression inKnown(boolean negated, CompiledExpression element, Set<Object> keys) {
        if (element instanceof CompiledColumns.TextOf text) {
            return isOneOf(negated, text, keys);
        }
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                Object value = element.value(frame);
                boolean holds = value != null && isIn(frame, negated, value, keys);
                frame.release(held);
                return holds;
            }
        };
    }

    private static boolean isIn(Frame frame, boolean negated, Object value, Set<Object> keys) {
        List<Object> several = items(frame, value);
        return several == null
                ? keys.contains(UntypedValues.key(frame, value)) != negated
                : someItem(negated, several, item -> keys.contains(UntypedValues.key(frame, item)));
    }
}
