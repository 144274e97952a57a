package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.column.Dictionary;
import dev.pequel.column.IsoTime;
import java.util.Optional;

/** Compiled expressions that read columns. */
final class CompiledColumns {

    private CompiledColumns() {}

    /** The value in a row of a column. {@link #narrow} replaces it by an expression of the column's type. */
    static final class OfRow extends CompiledExpression {
        final Column column;
        final RowSource source;

        OfRow(Column column, RowSource source) {
            this.column = column;
            this.source = source;
        }

        @Override
        Object value(Frame frame) {
            return UntypedValues.at(frame, column, source.row(frame));
        }

        @Override
        boolean isPresent(Frame frame) {
            int row = source.row(frame);
            return row >= 0 && column.isPresent(row);
        }
    }

    /** Returns an expression of the column's type, or the given one for columns of objects, lists and mixed types. */
    static CompiledExpression narrow(OfRow code) {
        RowSource source = code.source;
        if (code.column.parts().isEmpty()) {
            return CompiledExpression.Constant.NULL;
        }
        Optional<Column.Part> sole = code.column.sole();
        if (sole.isEmpty()) {
            return mixedNumbers(code).orElse(code);
        }
        return switch (sole.get()) {
            case Column.BooleanPart part -> new Flag(part, source);
            case Column.LongPart part -> new LongOf(part, source);
            case Column.DoublePart part -> new DoubleOf(part, source);
            case Column.TextPart part -> new TextOf(part, source);
            case Column.TimePart part -> new TimeText(part, source);
            case Column.ObjectPart part -> code;
            case Column.MapPart part -> code;
            case Column.ListPart part -> code;
        };
    }

    /** Many JSON writers drop the fraction of a whole number, so that a column of numbers has both types. */
    private static Optional<CompiledExpression> mixedNumbers(OfRow code) {
        if (code.column.parts().size() == 2
                && code.column.parts().get(0) instanceof Column.LongPart longs
                && code.column.parts().get(1) instanceof Column.DoublePart doubles) {
            return Optional.of(new MixedNumber(longs, doubles, code));
        }
        return Optional.empty();
    }

    static final class Flag extends CompiledExpression.OfFlag {
        private final Column.BooleanPart part;
        private final RowSource source;

        Flag(Column.BooleanPart part, RowSource source) {
            this.part = part;
            this.source = source;
        }

        @Override
        int flag(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? -1 : part.get(row);
        }
    }

    static final class LongOf extends CompiledExpression.OfLong {
        private final Column.LongPart part;
        private final RowSource source;

        LongOf(Column.LongPart part, RowSource source) {
            super(part.min(), part.max());
            this.part = part;
            this.source = source;
        }

        @Override
        long integer(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? MISSING : part.get(row);
        }
    }

    static final class DoubleOf extends CompiledExpression.OfNumber {
        private final Column.DoublePart part;
        private final RowSource source;

        DoubleOf(Column.DoublePart part, RowSource source) {
            this.part = part;
            this.source = source;
        }

        @Override
        double number(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? Double.NaN : part.get(row);
        }
    }

    static final class MixedNumber extends CompiledExpression.OfNumber {
        private final LongOf longs;
        private final DoubleOf doubles;

        MixedNumber(Column.LongPart longs, Column.DoublePart doubles, OfRow row) {
            this.longs = new LongOf(longs, row.source);
            this.doubles = new DoubleOf(doubles, row.source);
        }

        @Override
        double number(Frame frame) {
            double number = doubles.number(frame);
            return Double.isNaN(number) ? longs.number(frame) : number;
        }

        @Override
        boolean isExact() {
            return longs.isExact();
        }

        @Override
        Object value(Frame frame) {
            Object number = doubles.value(frame);
            return number == null ? longs.value(frame) : number;
        }
    }

    /** A string in a dictionary. */
    static final class TextOf extends CompiledExpression.OfText {
        final Column.TextPart part;
        private final RowSource source;

        TextOf(Column.TextPart part, RowSource source) {
            this.part = part;
            this.source = source;
        }

        /** Returns the string's code in {@link #dictionary}, or -1 when missing. */
        int code(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? -1 : part.code(row);
        }

        Dictionary dictionary() {
            return part.dictionary();
        }

        @Override
        String text(Frame frame) {
            int code = code(frame);
            return code < 0 ? null : frame.text(part.dictionary(), code);
        }

        @Override
        boolean isPresent(Frame frame) {
            return code(frame) >= 0;
        }
    }

    /** A string that is stored as a timestamp. */
    static final class TimeText extends CompiledExpression.OfText {
        private final Column.TimePart part;
        private final RowSource source;

        TimeText(Column.TimePart part, RowSource source) {
            this.part = part;
            this.source = source;
        }

        Column.TimePart part() {
            return part;
        }

        /** Whether the string is a field of the item that a variable is bound to. */
        boolean isOfItem(int slot) {
            return source instanceof RowSource.Variable variable && variable.slot() == slot;
        }

        long micros(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? IsoTime.MISSING : part.micros(row);
        }

        @Override
        String text(Frame frame) {
            int row = source.row(frame);
            return row < 0 || !part.isPresent(row) ? null : part.text(row);
        }

        @Override
        boolean isPresent(Frame frame) {
            return micros(frame) != IsoTime.MISSING;
        }
    }

    /** The elements of one list. */
    static final class Elements extends CompiledExpression.OfRows {
        private final Column.ListPart part;
        private final RowSource source;

        Elements(Column.ListPart part, RowSource source, boolean throughPath) {
            super(part.elements(), throughPath);
            this.part = part;
            this.source = source;
        }

        Column.ListPart part() {
            return part;
        }

        /** Whether the list is a field of the profile itself. */
        boolean isOfProfile() {
            return source == RowSource.PROFILE;
        }

        /** Returns the row of the first item. */
        int start(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? 0 : part.start(row);
        }

        /** The row after the last item; equal to {@link #start} for a list without items. */
        int end(Frame frame) {
            int row = source.row(frame);
            return row < 0 ? 0 : part.end(row);
        }

        @Override
        void collect(Frame frame, Rows into) {
            int row = source.row(frame);
            if (row >= 0) {
                frame.walk(part.end(row) - part.start(row));
                into.addRange(part.start(row), part.end(row));
            }
        }

        @Override
        boolean test(Frame frame) {
            int row = source.row(frame);
            return row >= 0 && part.end(row) > part.start(row);
        }

        @Override
        boolean isPresent(Frame frame) {
            int row = source.row(frame);
            return row >= 0 && part.isPresent(row);
        }
    }

    /** A list with an object as its only item. */
    static final class Single extends CompiledExpression.OfRows {
        private final OfRow row;

        Single(OfRow row) {
            super(row.column, false);
            this.row = row;
        }

        @Override
        void collect(Frame frame, Rows into) {
            if (row.isPresent(frame)) {
                frame.walk(1);
                into.add(row.source.row(frame));
            }
        }

        @Override
        boolean isPresent(Frame frame) {
            return row.isPresent(frame);
        }
    }

    /** A field of the items of a list; items without the field are left out (P20). */
    static final class FieldOfRows extends CompiledExpression.OfRows {
        private final OfRows source;

        FieldOfRows(OfRows source, Column field) {
            super(field, true);
            this.source = source;
        }

        @Override
        void collect(Frame frame, Rows into) {
            int kept = into.size;
            source.collect(frame, into);
            for (int i = kept; i < into.size; i++) {
                int row = into.row[i];
                if (column.isPresent(row)) {
                    into.row[kept++] = row;
                }
            }
            into.size = kept;
        }

        @Override
        boolean isPresent(Frame frame) {
            return source.isPresent(frame);
        }
    }

    /** The entries of maps in several rows for one key; maps without the key are left out (P20). */
    static final class EntryOfRows extends CompiledExpression.OfRows {
        private final OfRows source;
        private final Column.MapPart map;
        private final int keyCode;

        EntryOfRows(OfRows source, Column.MapPart map, String key) {
            super(map.values(), true);
            this.source = source;
            this.map = map;
            this.keyCode = map.keyCode(key);
        }

        @Override
        void collect(Frame frame, Rows into) {
            int kept = into.size;
            source.collect(frame, into);
            for (int i = kept; i < into.size; i++) {
                int entry = map.find(into.row[i], keyCode);
                if (entry >= 0) {
                    into.row[kept++] = entry;
                }
            }
            into.size = kept;
        }

        @Override
        boolean isPresent(Frame frame) {
            return source.isPresent(frame);
        }
    }

    /** The concatenated elements of the lists in several rows (P20). */
    static final class ElementsOfRows extends CompiledExpression.OfRows {
        private final OfRows source;
        private final Column.ListPart part;
        private final int buffer;

        ElementsOfRows(OfRows source, Column.ListPart part, int buffer) {
            super(part.elements(), true);
            this.source = source;
            this.part = part;
            this.buffer = buffer;
        }

        @Override
        void collect(Frame frame, Rows into) {
            Rows lists = frame.buffer(buffer);
            source.collect(frame, lists);
            for (int i = 0; i < lists.size; i++) {
                frame.walk(part.end(lists.row[i]) - part.start(lists.row[i]));
                for (int element = part.start(lists.row[i]); element < part.end(lists.row[i]); element++) {
                    if (column.isPresent(element)) {
                        into.add(element);
                    }
                }
            }
        }

        @Override
        boolean isPresent(Frame frame) {
            return source.isPresent(frame);
        }
    }
}
