package dev.pequel.column;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one path, at most one for each row. In JSON the values of a path may differ in type, so a column has
 * a {@link Part} for every type that occurs. In each row at most one part has a value. Nearly every column has
 * exactly one part.
 */
public final class Column {

    private static final Column NONE = new Column(0, List.of());

    /** Approximate size of a part without its values. */
    private static final int PART_BYTES = 160;

    private final int size;
    private final List<Part> parts;

    Column(int size, List<Part> parts) {
        this.size = size;
        this.parts = List.copyOf(parts);
    }

    /** Returns a column in which no row has a value. */
    public static Column none() {
        return NONE;
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** The parts, one for each type that occurs. */
    public List<Part> parts() {
        return parts;
    }

    /** Returns the part of a column with a single type. */
    public Optional<Part> sole() {
        return parts.size() == 1 ? Optional.of(parts.getFirst()) : Optional.empty();
    }

    public boolean isPresent(int row) {
        return partAt(row).isPresent();
    }

    /** Returns the part that has a value in this row. */
    public Optional<Part> partAt(int row) {
        for (Part part : parts) {
            if (part.isPresent(row)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** Returns the heap taken by this column and the columns below it, in bytes. */
    public long bytes() {
        return parts.stream().mapToLong(part -> PART_BYTES + part.bytes()).sum();
    }

    /** Writes the value of the row as JSON; a missing value as {@code null}. */
    public void write(int row, JsonGenerator json) throws IOException {
        Optional<Part> part = partAt(row);
        if (part.isPresent()) {
            part.get().write(row, json);
        } else {
            json.writeNull();
        }
    }

    /** The values of one type. Row arguments must be at least 0 and less than the column's size. */
    public sealed interface Part {

        boolean isPresent(int row);

        long bytes();

        void write(int row, JsonGenerator json) throws IOException;
    }

    /** Booleans. */
    public static final class BooleanPart implements Part {
        private final Codes codes;

        BooleanPart(Codes codes) {
            this.codes = codes;
        }

        /** Returns 1 for true, 0 for false, -1 for a missing value. */
        public int get(int row) {
            return codes.get(row);
        }

        @Override
        public boolean isPresent(int row) {
            return codes.get(row) >= 0;
        }

        @Override
        public long bytes() {
            return codes.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeBoolean(codes.get(row) == 1);
        }
    }

    /** Numbers without a fraction. {@code 40.0} in JSON counts as a number with a fraction. */
    public static final class LongPart implements Part {
        private final Longs longs;

        LongPart(Longs longs) {
            this.longs = longs;
        }

        /** Returns the number, or {@link Longs#MISSING}. */
        public long get(int row) {
            return longs.get(row);
        }

        /** Returns a lower bound of all numbers. */
        public long min() {
            return longs.min();
        }

        /** Returns an upper bound of all numbers. */
        public long max() {
            return longs.max();
        }

        @Override
        public boolean isPresent(int row) {
            return longs.get(row) != Longs.MISSING;
        }

        @Override
        public long bytes() {
            return longs.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeNumber(longs.get(row));
        }
    }

    /** All other numbers, as 64-bit floating-point numbers. */
    public static final class DoublePart implements Part {
        private final Doubles doubles;

        DoublePart(Doubles doubles) {
            this.doubles = doubles;
        }

        /** Returns the number, or NaN for a missing value. */
        public double get(int row) {
            return doubles.get(row);
        }

        @Override
        public boolean isPresent(int row) {
            return !Double.isNaN(doubles.get(row));
        }

        @Override
        public long bytes() {
            return doubles.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeNumber(doubles.get(row));
        }
    }

    /** Strings; each distinct string is stored once. */
    public static final class TextPart implements Part {
        private final Codes codes;
        private final Dictionary dictionary;

        TextPart(Codes codes, Dictionary dictionary) {
            this.codes = codes;
            this.dictionary = dictionary;
        }

        /** Returns the string's code in the dictionary, or -1 for a missing value. */
        public int code(int row) {
            return codes.get(row);
        }

        public Dictionary dictionary() {
            return dictionary;
        }

        @Override
        public boolean isPresent(int row) {
            return codes.get(row) >= 0;
        }

        @Override
        public long bytes() {
            return codes.bytes() + dictionary.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeString(dictionary.text(codes.get(row)));
        }
    }

    /** Strings that are all timestamps in the same format, stored as numbers. In the language they are strings. */
    public static final class TimePart implements Part {
        private final Longs micros;
        private final IsoTime.Format format;

        TimePart(Longs micros, IsoTime.Format format) {
            this.micros = micros;
            this.format = format;
        }

        /** Returns epoch microseconds, or {@link IsoTime#MISSING}. */
        public long micros(int row) {
            return micros.get(row);
        }

        /**
         * Sets the bit of each row in a range whose timestamp is in an interval; bit 0 is the first row's.
         *
         * @param firstRow inclusive
         * @param endRow exclusive
         * @param from epoch microseconds, inclusive
         * @param to epoch microseconds, exclusive
         */
        public void addRowsInRange(int firstRow, int endRow, long from, long to, long[] bits) {
            // Missing values are stored as the smallest number.
            micros.addRowsInRange(firstRow, endRow, Math.max(from, Longs.MISSING + 1), to, bits);
        }

        /** Returns the string of a row that has a value. */
        public String text(int row) {
            return format.write(micros.get(row));
        }

        @Override
        public boolean isPresent(int row) {
            return micros.get(row) != Longs.MISSING;
        }

        @Override
        public long bytes() {
            return micros.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeString(text(row));
        }
    }

    /** Objects with a bounded set of field names: a column for each field, with the same rows. */
    public static final class ObjectPart implements Part {
        private final Bits present;
        private final Map<String, Column> fields;

        ObjectPart(Bits present, Map<String, Column> fields) {
            this.present = present;
            this.fields = java.util.Collections.unmodifiableMap(fields);
        }

        /** Returns the columns by field name, in the order in which the fields are written. */
        public Map<String, Column> fields() {
            return fields;
        }

        @Override
        public boolean isPresent(int row) {
            return present.get(row);
        }

        @Override
        public long bytes() {
            return present.bytes()
                    + fields.values().stream().mapToLong(Column::bytes).sum();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeStartObject();
            for (Map.Entry<String, Column> field : fields.entrySet()) {
                if (field.getValue().isPresent(row)) {
                    json.writeFieldName(field.getKey());
                    field.getValue().write(row, json);
                }
            }
            json.writeEndObject();
        }
    }

    /** Objects with very many field names, stored as maps. The entries of each row are consecutive. */
    public static final class MapPart implements Part {
        private final ListPart entries;
        private final TextPart keys;
        private final Column values;

        MapPart(ListPart entries, TextPart keys, Column values) {
            this.entries = entries;
            this.keys = keys;
            this.values = values;
        }

        /** The row's entries are those from {@code start} (inclusive) to {@code end} (exclusive). */
        public int start(int row) {
            return entries.start(row);
        }

        public int end(int row) {
            return entries.end(row);
        }

        public String key(int entry) {
            return keys.dictionary().text(keys.code(entry));
        }

        /** Returns the key's code for {@link #find}, or -1 when no row has the key. */
        public int keyCode(String key) {
            return keys.dictionary().find(key);
        }

        /** Returns the row's entry with the key, or -1. */
        public int find(int row, int keyCode) {
            for (int entry = entries.start(row); entry < entries.end(row); entry++) {
                if (keys.code(entry) == keyCode) {
                    return entry;
                }
            }
            return -1;
        }

        /** Like {@link #find(int, int)}, without searching the keys of other rows. */
        public int find(int row, String key) {
            byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
            for (int entry = entries.start(row); entry < entries.end(row); entry++) {
                if (keys.dictionary().is(keys.code(entry), wanted)) {
                    return entry;
                }
            }
            return -1;
        }

        /** Returns the column of values, with a row for each entry. */
        public Column values() {
            return values;
        }

        @Override
        public boolean isPresent(int row) {
            return entries.isPresent(row);
        }

        @Override
        public long bytes() {
            return entries.bytes() + keys.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeStartObject();
            for (int entry = start(row); entry < end(row); entry++) {
                json.writeFieldName(key(entry));
                values.write(entry, json);
            }
            json.writeEndObject();
        }
    }

    /** Lists: the elements of all rows are concatenated in one column. */
    public static final class ListPart implements Part {
        private final Bits present;
        /** The end of the elements of each row; if sparse, of each row that has a list. */
        private final int[] ends;

        private final boolean isSparse;
        private final Column elements;

        ListPart(Bits present, int[] ends, boolean isSparse, Column elements) {
            this.present = present;
            this.ends = ends;
            this.isSparse = isSparse;
            this.elements = elements;
        }

        /** The row's elements are the rows of {@link #elements()} from here (inclusive) to {@link #end} (exclusive). */
        public int start(int row) {
            return endOf(isSparse ? present.before(row) : row);
        }

        public int end(int row) {
            return isSparse ? endOf(present.before(row + 1)) : ends[row];
        }

        /** Returns the end of the elements of the given number of lists. */
        private int endOf(int lists) {
            return lists == 0 ? 0 : ends[lists - 1];
        }

        public Column elements() {
            return elements;
        }

        @Override
        public boolean isPresent(int row) {
            return present.get(row);
        }

        @Override
        public long bytes() {
            return present.bytes() + 4L * ends.length + elements.bytes();
        }

        @Override
        public void write(int row, JsonGenerator json) throws IOException {
            json.writeStartArray();
            for (int element = start(row); element < end(row); element++) {
                elements.write(element, json);
            }
            json.writeEndArray();
        }
    }
}
