package dev.pequel.column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shreds JSON values into a {@link Column}: one call for each row, in order. Not thread-safe.
 *
 * <p>Objects become maps when they have more than {@link #MAX_FIELDS} distinct field names, or when a new name would
 * lead to more than {@link #MAX_COLUMNS} columns in all. To expressions there is no difference.
 *
 * <p>The column does not keep: explicit {@code null} fields of objects (equal to missing values in the language), the
 * order of the fields of an object (it becomes {@link StoredJson#NAME_ORDER}), occurrences of a field after the first
 * in the same object, numbers beyond the range of a double, digits beyond the precision of a double for numbers that
 * do not fit 64 bits, and halves of surrogate pairs in strings. Maps keep the order of their keys.
 */
public final class ColumnBuilder {

    /** The maximum number of distinct field names of an object. With more, it becomes a map. */
    public static final int MAX_FIELDS = 256;

    /** The maximum number of columns in a tree of columns, not counting top-level fields of documents. */
    static final int MAX_COLUMNS = 1 << 16;

    private static final int MAX_LONG_DIGITS = 19;

    /** Approximate size of a builder without rows. */
    private static final long OWN_BYTES = 100;

    /** With at most this many rows for each list, the end of every row's elements is stored, which avoids a search. */
    private static final int ROWS_PER_LIST = 16;

    private static final JsonFactory JSON = StoredJson.factory();

    private final Tree tree;
    /** Whether the values are documents, which are always objects and never maps. */
    private final boolean ofDocuments;

    private int rows;
    private Optional<BooleanValues> booleans = Optional.empty();
    private Optional<LongValues> longs = Optional.empty();
    private Optional<DoubleValues> doubles = Optional.empty();
    private Optional<TextValues> texts = Optional.empty();
    private Optional<ObjectValues> objects = Optional.empty();
    private Optional<MapValues> maps = Optional.empty();
    private Optional<ListValues> lists = Optional.empty();

    /** Creates a builder for values of any type. */
    public ColumnBuilder() {
        this(new Tree(), false);
    }

    private ColumnBuilder(Tree tree, boolean ofDocuments) {
        this.tree = tree;
        this.ofDocuments = ofDocuments;
        tree.columns++;
    }

    /** Creates a builder for documents, which become an {@link Column.ObjectPart} however many fields they have. */
    public static ColumnBuilder ofStoredDocuments() {
        return new ColumnBuilder(new Tree(), true);
    }

    /** State shared by the builder of a column and the builders of the columns below it. */
    private static final class Tree {
        private final StringHash hash = StringHash.random();
        private int columns;
    }

    /** Returns the number of columns in the tree below and including this one. */
    private int columns() {
        return 1
                + objects.map(ObjectValues::columns).orElse(0)
                + maps.map(map -> map.values.columns()).orElse(0)
                + lists.map(list -> list.elements.columns()).orElse(0);
    }

    /** Returns the number of rows appended so far. */
    public int rows() {
        return rows;
    }

    /** Appends a row without a value. */
    public void appendMissing() {
        rows++;
    }

    /** Appends rows without a value up to this number of rows. */
    public void padTo(int size) {
        rows = Math.max(rows, size);
    }

    /**
     * Appends the parser's current value, and leaves the parser at the value's last token.
     *
     * @throws IOException from the parser, such as for malformed JSON; the builder must then be discarded
     */
    public void append(JsonParser json) throws IOException {
        int row = rows++;
        switch (json.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE -> booleans().add(row, json.currentToken() == JsonToken.VALUE_TRUE);
            case VALUE_NUMBER_INT -> appendInteger(row, json);
            case VALUE_NUMBER_FLOAT -> appendDecimal(row, json);
            case VALUE_STRING -> texts().add(row, json.getText());
            case START_OBJECT -> appendObject(row, json);
            case START_ARRAY -> lists().add(row, json);
            case VALUE_NULL -> {}
            default -> throw new IllegalArgumentException("no JSON value starts with " + json.currentToken());
        }
    }

    private void appendInteger(int row, JsonParser json) throws IOException {
        boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (fits && json.getLongValue() != Longs.MISSING) {
            longs().add(row, json.getLongValue());
        } else {
            appendDouble(row, json.getDoubleValue());
        }
    }

    /**
     * Appends a decimal number. If it has no digits after the point, such as {@code 1e3}, it is a whole number, as in
     * {@code jsonb}.
     */
    private void appendDecimal(int row, JsonParser json) throws IOException {
        if (json.getNumberType() == JsonParser.NumberType.BIG_DECIMAL) {
            BigDecimal decimal = json.getDecimalValue();
            if (decimal.scale() <= 0 && (long) decimal.precision() - decimal.scale() <= MAX_LONG_DIGITS) {
                BigInteger whole = decimal.toBigIntegerExact();
                if (whole.bitLength() < Long.SIZE && whole.longValue() != Longs.MISSING) {
                    longs().add(row, whole.longValue());
                    return;
                }
            }
        }
        appendDouble(row, json.getDoubleValue());
    }

    /** Whether {@link #append} stores the parser's current value. */
    private static boolean isKept(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Double.isFinite(json.getDoubleValue());
            default -> true;
        };
    }

    private void appendDouble(int row, double value) {
        if (Double.isFinite(value)) {
            if (doubles.isEmpty()) {
                doubles = Optional.of(new DoubleValues());
            }
            doubles.get().add(row, value);
        }
    }

    private void appendObject(int row, JsonParser json) throws IOException {
        if (maps.isPresent()) {
            maps.get().add(row, json);
            return;
        }
        if (objects.isEmpty()) {
            objects = Optional.of(new ObjectValues());
        }
        ObjectValues values = objects.get();
        int names = values.fields.size();
        values.add(row, json);
        boolean isMap = values.fields.size() > MAX_FIELDS || values.fields.size() > names && tree.columns > MAX_COLUMNS;
        if (isMap && !ofDocuments) {
            tree.columns -= values.columns();
            maps = Optional.of(values.toMap(rows));
            objects = Optional.empty();
        }
    }

    private BooleanValues booleans() {
        if (booleans.isEmpty()) {
            booleans = Optional.of(new BooleanValues());
        }
        return booleans.get();
    }

    private LongValues longs() {
        if (longs.isEmpty()) {
            longs = Optional.of(new LongValues());
        }
        return longs.get();
    }

    private TextValues texts() {
        if (texts.isEmpty()) {
            texts = Optional.of(new TextValues(tree.hash));
        }
        return texts.get();
    }

    private ListValues lists() {
        if (lists.isEmpty()) {
            lists = Optional.of(new ListValues());
        }
        return lists.get();
    }

    /** Returns the heap taken by the rows appended so far, in bytes. Visits all fields at all levels. */
    public long bytes() {
        return OWN_BYTES
                + booleans.map(BooleanValues::bytes).orElse(0L)
                + longs.map(LongValues::bytes).orElse(0L)
                + doubles.map(DoubleValues::bytes).orElse(0L)
                + texts.map(TextValues::bytes).orElse(0L)
                + objects.map(ObjectValues::bytes).orElse(0L)
                + maps.map(MapValues::bytes).orElse(0L)
                + lists.map(ListValues::bytes).orElse(0L);
    }

    /** Returns a column of the rows appended so far. */
    public Column build() {
        List<Column.Part> parts = new ArrayList<>();
        booleans.ifPresent(values -> parts.add(values.build(rows)));
        longs.ifPresent(values -> parts.add(values.build(rows)));
        doubles.ifPresent(values -> parts.add(values.build(rows)));
        texts.ifPresent(values -> parts.add(values.build(rows)));
        objects.ifPresent(values -> parts.add(values.build(rows)));
        maps.ifPresent(values -> parts.add(values.build(rows)));
        lists.ifPresent(values -> parts.add(values.build(rows)));
        return new Column(rows, parts);
    }

    /** Returns an array that has the position, with spare room. */
    private static int[] grown(int[] array, int position) {
        return position < array.length ? array : Arrays.copyOf(array, room(position));
    }

    private static long[] grown(long[] array, int position) {
        return position < array.length ? array : Arrays.copyOf(array, room(position));
    }

    private static int room(int position) {
        return Math.max(4, position + 1 + (position >> 1));
    }

    private static final class BooleanValues {
        private final Bits.Builder present = new Bits.Builder();
        private int[] values = {};

        void add(int row, boolean value) {
            values = grown(values, present.count());
            values[present.count()] = value ? 1 : 0;
            present.set(row);
        }

        long bytes() {
            return present.bytes() + 4L * values.length;
        }

        Column.Part build(int rows) {
            return new Column.BooleanPart(Codes.of(present.build(rows), values, rows));
        }
    }

    private static final class LongValues {
        private final Bits.Builder present = new Bits.Builder();
        private long[] values = {};

        void add(int row, long value) {
            values = grown(values, present.count());
            values[present.count()] = value;
            present.set(row);
        }

        long bytes() {
            return present.bytes() + 8L * values.length;
        }

        Column.Part build(int rows) {
            return new Column.LongPart(Longs.of(present.build(rows), values, rows));
        }
    }

    private static final class DoubleValues {
        private final Bits.Builder present = new Bits.Builder();
        private double[] values = {};

        void add(int row, double value) {
            int count = present.count();
            if (count == values.length) {
                values = Arrays.copyOf(values, room(count));
            }
            values[count] = value;
            present.set(row);
        }

        long bytes() {
            return present.bytes() + 8L * values.length;
        }

        Column.Part build(int rows) {
            return new Column.DoublePart(Doubles.of(present.build(rows), values, rows));
        }
    }

    /** Strings, stored as timestamps while all of them are timestamps in the same format. */
    private static final class TextValues {
        private final Bits.Builder present = new Bits.Builder();
        private final Dictionary.Builder dictionary;
        private Optional<IsoTime.Format> format = Optional.empty();
        private int[] codes = {};
        private long[] micros = {};

        TextValues(StringHash hash) {
            dictionary = new Dictionary.Builder(hash);
        }

        void add(int row, String text) {
            int count = present.count();
            if (count == 0) {
                format = IsoTime.Format.of(text);
            }
            if (format.isPresent()) {
                long time = format.get().read(text);
                if (time == IsoTime.MISSING && widen(count, format.get())) {
                    time = format.get().read(text);
                }
                if (time != IsoTime.MISSING) {
                    micros = grown(micros, count);
                    micros[count] = time;
                    present.set(row);
                    return;
                }
                toDictionary(count, format.get());
            }
            codes = grown(codes, count);
            codes[count] = dictionary.add(text);
            present.set(row);
        }

        /** Changes to a wider format, if all timestamps so far have it too. */
        private boolean widen(int count, IsoTime.Format was) {
            Optional<IsoTime.Format> wider = was.wider();
            if (wider.isEmpty()) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (wider.get().read(was.write(micros[i])) == IsoTime.MISSING) {
                    return false;
                }
            }
            format = wider;
            return true;
        }

        private void toDictionary(int count, IsoTime.Format was) {
            for (int i = 0; i < count; i++) {
                codes = grown(codes, i);
                codes[i] = dictionary.add(was.write(micros[i]));
            }
            micros = new long[0];
            format = Optional.empty();
        }

        long bytes() {
            return present.bytes() + dictionary.bytes() + 4L * codes.length + 8L * micros.length;
        }

        Column.Part build(int rows) {
            Bits bits = present.build(rows);
            return format.isPresent()
                    ? new Column.TimePart(Longs.of(bits, micros, rows), format.get())
                    : new Column.TextPart(Codes.of(bits, codes, rows), dictionary.build());
        }
    }

    private final class ObjectValues {
        private final Bits.Builder present = new Bits.Builder();
        private final Map<String, ColumnBuilder> fields = new LinkedHashMap<>();

        void add(int row, JsonParser json) throws IOException {
            present.set(row);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                ColumnBuilder field = fields.get(name);
                if (field == null) {
                    field = new ColumnBuilder(tree, false);
                    fields.put(name, field);
                }
                if (field.rows > row) {
                    json.skipChildren();
                } else {
                    field.padTo(row);
                    field.append(json);
                }
            }
        }

        int columns() {
            return fields.values().stream().mapToInt(ColumnBuilder::columns).sum();
        }

        long bytes() {
            return present.bytes()
                    + fields.entrySet().stream()
                            .mapToLong(field ->
                                    field.getKey().length() + field.getValue().bytes())
                            .sum();
        }

        Column.ObjectPart build(int rows) {
            Map<String, Column> columns = new LinkedHashMap<>();
            // An order that does not depend on the other rows.
            for (String name :
                    fields.keySet().stream().sorted(StoredJson.NAME_ORDER).toList()) {
                ColumnBuilder builder = fields.get(name);
                builder.padTo(rows);
                Column column = builder.build();
                if (!column.parts().isEmpty()) {
                    columns.put(name, column);
                }
            }
            return new Column.ObjectPart(present.build(rows), columns);
        }

        MapValues toMap(int rows) throws IOException {
            Column.ObjectPart built = build(rows);
            MapValues map = new MapValues();
            for (int row = 0; row < rows; row++) {
                if (built.isPresent(row)) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    try (JsonGenerator json = JSON.createGenerator(bytes)) {
                        built.write(row, json);
                    }
                    try (JsonParser json = JSON.createParser(bytes.toByteArray())) {
                        json.nextToken();
                        map.add(row, json);
                    }
                }
            }
            return map;
        }
    }

    private final class MapValues {
        private final Ends ends = new Ends();
        private final Bits.Builder keyed = new Bits.Builder();
        private final Dictionary.Builder dictionary = new Dictionary.Builder(tree.hash);
        private final ColumnBuilder values = new ColumnBuilder(tree, false);
        private int[] keys = {};
        /** By key, the number of the last object that had it. */
        private int[] lastObject = {};

        private int objectCount;

        void add(int row, JsonParser json) throws IOException {
            objectCount++;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                int key = dictionary.add(json.currentName());
                json.nextToken();
                lastObject = grown(lastObject, key);
                boolean isRepeated = lastObject[key] == objectCount;
                lastObject[key] = objectCount;
                if (isRepeated || !isKept(json)) {
                    json.skipChildren();
                    continue;
                }
                int entry = values.rows;
                keys = grown(keys, entry);
                keys[entry] = key;
                keyed.set(entry);
                values.append(json);
            }
            ends.add(row, values.rows);
        }

        long bytes() {
            return ends.bytes()
                    + keyed.bytes()
                    + dictionary.bytes()
                    + values.bytes()
                    + 4L * (keys.length + lastObject.length);
        }

        Column.Part build(int rows) {
            Column.TextPart keyPart = new Column.TextPart(
                    Codes.of(keyed.build(values.rows), keys, values.rows), dictionary.buildIndexed());
            Column built = values.build();
            return new Column.MapPart(ends.build(rows, built), keyPart, built);
        }
    }

    private final class ListValues {
        private final Ends ends = new Ends();
        private final ColumnBuilder elements = new ColumnBuilder(tree, false);

        void add(int row, JsonParser json) throws IOException {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.append(json);
            }
            ends.add(row, elements.rows);
        }

        long bytes() {
            return ends.bytes() + elements.bytes();
        }

        Column.Part build(int rows) {
            return ends.build(rows, elements.build());
        }
    }

    /** The ends of the elements of each row. */
    static final class Ends {
        private final Bits.Builder present = new Bits.Builder();
        private int[] ends = {};

        void add(int row, int end) {
            ends = grown(ends, present.count());
            ends[present.count()] = end;
            present.set(row);
        }

        long bytes() {
            return present.bytes() + 4L * ends.length;
        }

        Column.ListPart build(int rows, Column elements) {
            Bits bits = present.build(rows);
            if (bits.count() < rows / ROWS_PER_LIST) {
                return new Column.ListPart(bits, Arrays.copyOf(ends, bits.count()), true, elements);
            }
            int[] all = new int[rows];
            int end = 0;
            for (int row = 0; row < rows; row++) {
                int rank = bits.rank(row);
                end = rank < 0 ? end : ends[rank];
                all[row] = end;
            }
            return new Column.ListPart(bits, all, false, elements);
        }
    }
}
