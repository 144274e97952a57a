package dev.pequel.pql.eval;

import dev.pequel.pql.type.Function;
import dev.pequel.profile.column.Column;
import dev.pequel.profile.column.IsoTime;
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

/** Codes that make lists or look into them (section "Lists" of the language page). */
final class Lists {

    private Lists() {}

    // ---- Items that are rows of a column

    /** The rows for which a condition holds. */
    static final class FilteredRows extends Code.OfRows {
        private final OfRows source;
        private final int slot;
        private final Code condition;

        FilteredRows(OfRows source, int slot, Code condition, boolean throughPath) {
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

        /** The same items as a loop, which may stop early. */
        Loops.Loop loop(int buffer) {
            return Loops.overRows(source, buffer, slot, Optional.of(condition), Optional.empty());
        }
    }

    static final class FirstRow extends RowSource {
        private final Code.OfRows source;
        private final int buffer;

        FirstRow(Code.OfRows source, int buffer) {
            this.source = source;
            this.buffer = buffer;
        }

        @Override
        int row(Frame frame) {
            if (source instanceof Columns.Elements elements) {
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

    static final class DistinctRows extends Code.OfRows {
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
                if (seen.add(Dynamic.key(frame, Dynamic.at(frame, column, into.row[i])))) {
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
    static final class TopRows extends Code.OfRows {
        private final OfRows source;
        private final int slot;
        private final Code key;
        private final Code count;
        private final boolean largest;

        TopRows(OfRows source, int slot, Code key, Code count, boolean largest) {
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
            key = Dynamic.rank(key) == Dynamic.UNORDERED ? null : key;
        }
    }

    /** Keys of several kinds are ordered by kind; one without an order counts as missing. */
    private static <T> List<T> first(Frame frame, List<Keyed<T>> keyed, boolean largest, Object count) {
        long limit = count instanceof Number n ? Math.max(n.longValue(), 0) : 0;
        Comparator<Object> order =
                Comparator.<Object>comparingInt(Dynamic::rank).thenComparing((a, b) -> Dynamic.order(frame, a, b));
        Comparator<Object> missingLast = Comparator.nullsLast(largest ? order.reversed() : order);
        return keyed.stream()
                .sorted(Comparator.comparing(Keyed::key, missingLast))
                .limit(limit)
                .map(Keyed::item)
                .toList();
    }

    /** Whether some row satisfies a condition: P21. */
    static final class AnyRow extends Code.OfBoolean {
        private final OfRows source;
        private final int buffer;
        private final int slot;
        private final Code condition;

        AnyRow(OfRows source, int buffer, int slot, Code condition) {
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

    static final class CountRows extends Code.OfLong {
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
            if (source instanceof Columns.Elements elements) {
                return elements.end(frame) - elements.start(frame);
            }
            Rows rows = frame.buffer(buffer);
            source.collect(frame, rows);
            return rows.size;
        }
    }

    // ---- Items as objects

    /** A code made of other codes whose values are objects. */
    @FunctionalInterface
    interface Step {
        Object value(Frame frame);
    }

    static Code of(Step step) {
        return new Code() {
            @Override
            Object value(Frame frame) {
                return step.value(frame);
            }
        };
    }

    /** The value of a variable that was computed from a code and kept in a slot. */
    static Code variable(Code source, int slot) {
        return switch (source) {
            case Code.OfBoolean flag ->
                new Code.OfBoolean() {
                    @Override
                    boolean test(Frame frame) {
                        return (Boolean) frame.values[slot];
                    }
                };
            case Code.OfLong longs ->
                new Code.OfLong(longs.min(), longs.max()) {
                    @Override
                    long integer(Frame frame) {
                        return frame.values[slot] instanceof Long value ? value : MISSING;
                    }
                };
            case Code.OfNumber number ->
                new Code.OfNumber() {
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
            case Code.OfTime time ->
                new Code.OfTime() {
                    @Override
                    long micros(Frame frame) {
                        return frame.values[slot] instanceof Dynamic.Time value ? value.micros() : MISSING;
                    }
                };
            default -> of(frame -> frame.values[slot]);
        };
    }

    /** A value as a list; an object is the only item of itself. */
    static Code asList(Code code) {
        return of(frame -> {
            Object value = code.value(frame);
            return Dynamic.isObject(value) ? made(frame, List.of(value)) : value;
        });
    }

    /** @param keepsPath whether the items of a list that a path made may still be compared one by one (P21) */
    static Code filtered(Code list, int slot, Code condition, boolean keepsPath) {
        return of(frame -> {
            Object value = list.value(frame);
            List<Object> items = items(frame, value);
            if (items == null) {
                // A missing list is filtered like an empty one (P19); an object counts as itself or missing (P32).
                if (!Dynamic.isObject(value)) {
                    return new Dynamic.Items(List.of(), false);
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
            return new Dynamic.Items(kept, keepsPath && Dynamic.isThroughPath(value));
        });
    }

    static Code mappedRows(Code.OfRows list, int buffer, int slot, Code body) {
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
            return new Dynamic.Items(mapped, false);
        });
    }

    static Code mapped(Code list, int slot, Code body) {
        return of(frame -> {
            List<Object> items = itemsOrNone(frame, list.value(frame));
            frame.make(items.size());
            List<Object> mapped = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                frame.item(i);
                frame.values[slot] = items.get(i);
                mapped.add(body.value(frame));
            }
            return new Dynamic.Items(mapped, false);
        });
    }

    static Code top(Code list, int slot, Code key, Code count, boolean largest) {
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
            return new Dynamic.Items(present(first(frame, keyed, largest, count.value(frame))), false);
        });
    }

    /** {@link java.util.stream.Stream#toList} allows missing items, but the list must not be shared as it is. */
    private static List<Object> present(List<Object> items) {
        return new ArrayList<>(items);
    }

    static Code groupedRows(Code.OfRows list, int buffer, int slot, Code key) {
        return of(frame -> {
            Rows rows = frame.buffer(buffer);
            list.collect(frame, rows);
            Map<Object, Dynamic.Group> groups = new LinkedHashMap<>();
            for (int i = 0; i < rows.size; i++) {
                frame.item(i);
                frame.rows[slot] = rows.row[i];
                add(frame, groups, key.value(frame), Dynamic.at(frame, list.column, rows.row[i]));
            }
            return new Dynamic.Groups(List.copyOf(groups.values()));
        });
    }

    static Code grouped(Code list, int slot, Code key) {
        return of(frame -> {
            Map<Object, Dynamic.Group> groups = new LinkedHashMap<>();
            List<Object> items = itemsOrNone(frame, list.value(frame));
            for (int i = 0; i < items.size(); i++) {
                frame.item(i);
                Object item = items.get(i);
                frame.values[slot] = item;
                add(frame, groups, key.value(frame), item);
            }
            return new Dynamic.Groups(List.copyOf(groups.values()));
        });
    }

    private static void add(Frame frame, Map<Object, Dynamic.Group> groups, Object key, Object item) {
        if (key != null) {
            frame.make(1);
            groups.computeIfAbsent(Dynamic.key(frame, key), k -> new Dynamic.Group(key, new ArrayList<>()))
                    .items()
                    .add(item);
        }
    }

    static Code mapOfGroups(Code groups, int keySlot, int groupSlot, Code key, Code value) {
        return of(frame -> {
            if (!(groups.value(frame) instanceof Dynamic.Groups(List<Dynamic.Group> list))) {
                return null;
            }
            frame.make(list.size());
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < list.size(); i++) {
                frame.item(i);
                Dynamic.Group group = list.get(i);
                frame.values[keySlot] = group.key();
                frame.values[groupSlot] = new Dynamic.Items(group.items(), false);
                Object name = key.value(frame);
                if (name != null) {
                    entries.put(keyText(frame, name), value.value(frame));
                }
            }
            entries.values().removeIf(entry -> entry == null);
            return new Dynamic.Fields(entries);
        });
    }

    /** Keys of maps are strings; a key of another kind is written as in an expression. */
    private static String keyText(Frame frame, Object key) {
        return switch (key) {
            case String text -> text;
            case Dynamic.Time time -> IsoTime.text(time.micros());
            default -> literal(frame, key);
        };
    }

    private static String literal(Frame frame, Object value) {
        List<Object> items = Dynamic.items(frame, value);
        if (items != null) {
            frame.make(items.size());
            return items.stream().map(item -> literal(frame, item)).collect(Collectors.joining(", ", "[", "]"));
        }
        Map<String, Object> fields = Dynamic.fields(frame, value);
        if (fields != null) {
            frame.make(fields.size());
            // Equal objects have equal texts, in whatever order their fields are stored.
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
            case Dynamic.Time time -> quoted(IsoTime.text(time.micros()));
            case null, default -> String.valueOf(value);
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The items of {@link #asItems}, which are looked at now. */
    static List<Object> itemsOrNone(Frame frame, Object value) {
        return Dynamic.walked(frame, asItems(frame, value));
    }

    /** A value that is gone through (P19): an object is the only item of itself, and what is no list has no items. */
    static List<Object> asItems(Frame frame, Object value) {
        List<Object> items = Dynamic.items(frame, value);
        return items != null ? items : Dynamic.isObject(value) ? List.of(value) : List.of();
    }

    /** The items of a list, which are looked at now; {@code null} for everything that is no list. */
    private static List<Object> items(Frame frame, Object value) {
        List<Object> items = Dynamic.items(frame, value);
        return items == null ? null : Dynamic.walked(frame, items);
    }

    /** A list that the expression makes. */
    static Dynamic.Items made(Frame frame, List<Object> items) {
        frame.make(items.size());
        return new Dynamic.Items(items, false);
    }

    /** As how many items a string counts that the expression makes: it may be long. */
    static int sizeOf(String text) {
        return text.length() >> Frame.CHARACTERS;
    }

    static Code distinct(Code list) {
        return of(frame -> {
            Object value = list.value(frame);
            if (!Dynamic.isList(value) && !Dynamic.isObject(value)) {
                return null;
            }
            List<Object> items = itemsOrNone(frame, value);
            int held = frame.held();
            Set<Object> seen = new HashSet<>();
            List<Object> kept = new ArrayList<>();
            for (Object item : items) {
                if (seen.add(Dynamic.key(frame, item))) {
                    kept.add(item);
                }
            }
            frame.release(held);
            return made(frame, kept);
        });
    }

    // ---- Sets

    /** {@code intersects}, {@code subsetOf}, {@code supersetOf}: false when a list is missing. */
    static Code related(Function function, Code left, Code right) {
        return new Code.OfBoolean() {
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
                .map(item -> Dynamic.key(frame, item))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Object> presentKeys(Frame frame, List<Object> items) {
        return items.stream()
                .filter(item -> item != null)
                .map(item -> Dynamic.key(frame, item))
                .collect(Collectors.toSet());
    }

    static Code intersection(Code left, Code right) {
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
                Object key = Dynamic.key(frame, item);
                if (wanted.contains(key) && seen.add(key)) {
                    common.add(item);
                }
            }
            frame.release(held);
            return common.isEmpty() ? null : made(frame, common);
        });
    }

    /** Membership of objects. */
    static Code in(boolean negated, Code element, Code list) {
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                Object value = element.value(frame);
                List<Object> items = Dynamic.items(frame, list.value(frame));
                boolean holds = value != null && items != null && in(frame, negated, value, items);
                frame.release(held);
                return holds;
            }
        };
    }

    private static boolean in(Frame frame, boolean negated, Object value, List<Object> items) {
        List<Object> several = items(frame, value);
        return several == null || items.stream().anyMatch(Dynamic::isList)
                ? contains(frame, items, value) != negated
                : someItem(negated, several, item -> contains(frame, items, item));
    }

    /** Whether some item that is not missing passes; negated, whether there are such items and none of them passes. */
    private static boolean someItem(boolean negated, List<Object> items, Predicate<Object> test) {
        boolean passes = items.stream().anyMatch(item -> item != null && test.test(item));
        return negated ? !passes && items.stream().anyMatch(item -> item != null) : passes;
    }

    private static boolean contains(Frame frame, List<Object> items, Object value) {
        for (Object item : Dynamic.walked(frame, items)) {
            if (item != null && Dynamic.equal(frame, value, item)) {
                return true;
            }
        }
        return false;
    }

    /** Membership of a value, whatever it is, among values that are known. */
    static Code isOneOf(boolean negated, Code element, Set<Object> keys) {
        if (element instanceof Columns.TextOf text) {
            return isOneOf(negated, text, keys);
        }
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                Object value = element.value(frame);
                boolean holds = value != null && keys.contains(Dynamic.key(frame, value)) != negated;
                frame.release(held);
                return holds;
            }
        };
    }

    /** Up to so many comparisons with a dictionary's strings take a tenth of a second. */
    private static final long LOOKED_UP = 1 << 26;

    private static Code isOneOf(boolean negated, Columns.TextOf text, Set<Object> keys) {
        if ((long) keys.size() * text.dictionary().size() > LOOKED_UP) {
            return Texts.remembered(text, (frame, string) -> keys.contains(string) != negated);
        }
        boolean[] matching = new boolean[text.dictionary().size()];
        java.util.Arrays.fill(matching, negated);
        for (Object key : keys) {
            int code = key instanceof String wanted ? text.dictionary().find(wanted) : -1;
            if (code >= 0) {
                matching[code] = !negated;
            }
        }
        return Texts.known(text, matching);
    }

    /** Membership among values that are known and no lists: of a list, its items decide (P21). */
    static Code inKnown(boolean negated, Code element, Set<Object> keys) {
        if (element instanceof Columns.TextOf text) {
            return isOneOf(negated, text, keys);
        }
        return new Code.OfBoolean() {
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
                ? keys.contains(Dynamic.key(frame, value)) != negated
                : someItem(negated, several, item -> keys.contains(Dynamic.key(frame, item)));
    }
}
