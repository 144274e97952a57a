package dev.pequel.pql.compile;

/**
 * A compiled term: a closure that computes the term's value for the current profile and variables of a {@link Frame}.
 *
 * <p>Every compiled expression returns its value as an object. Subclasses for known types also return it as a
 * primitive, so that expressions that use them need no objects. As an object a value is {@code null} (missing),
 * {@link Boolean}, {@link Long}, {@link Double} (finite), {@link String}, or one of the records in
 * {@link UntypedValues}.
 */
abstract class CompiledExpression {

    abstract Object value(Frame frame);

    /** Returns the value in a Boolean position (P16). */
    boolean test(Frame frame) {
        int held = frame.held();
        boolean result = UntypedValues.isTrue(value(frame));
        frame.release(held);
        return result;
    }

    boolean isPresent(Frame frame) {
        int held = frame.held();
        boolean result = value(frame) != null;
        frame.release(held);
        return result;
    }

    /** Whether the value depends neither on the profile nor on variables. */
    boolean isConstant() {
        return false;
    }

    /** A Boolean that is never missing. */
    abstract static class OfBoolean extends CompiledExpression {
        @Override
        abstract boolean test(Frame frame);

        @Override
        final Object value(Frame frame) {
            return test(frame);
        }

        @Override
        boolean isPresent(Frame frame) {
            return true;
        }
    }

    /** A Boolean that may be missing: 1, 0, or -1 when missing. */
    abstract static class OfFlag extends CompiledExpression {
        abstract int flag(Frame frame);

        @Override
        final boolean test(Frame frame) {
            return flag(frame) == 1;
        }

        @Override
        final boolean isPresent(Frame frame) {
            return flag(frame) >= 0;
        }

        @Override
        final Object value(Frame frame) {
            int flag = flag(frame);
            return flag < 0 ? null : flag == 1;
        }
    }

    /** A number, whole or fractional. */
    abstract static class OfNumber extends CompiledExpression {
        /** Returns the number, or NaN when missing. */
        abstract double number(Frame frame);

        /** Whether {@link #number} is precise enough for comparisons. */
        boolean isExact() {
            return true;
        }

        @Override
        final boolean test(Frame frame) {
            return isPresent(frame);
        }

        @Override
        boolean isPresent(Frame frame) {
            return !Double.isNaN(number(frame));
        }

        /** Fits fractional numbers. Subclasses for numbers that may be whole override it. */
        @Override
        Object value(Frame frame) {
            double number = number(frame);
            return Double.isNaN(number) ? null : number;
        }
    }

    /** A whole number. */
    abstract static class OfLong extends OfNumber {
        static final long MISSING = Long.MIN_VALUE;
        /** The bound up to which a double represents every whole number exactly. */
        private static final long EXACT = 1L << 53;

        private final long min;
        private final long max;

        /**
         * @param min lower bound of the values
         * @param max upper bound of the values; with both, arithmetic can rule out an overflow
         */
        OfLong(long min, long max) {
            this.min = min;
            this.max = max;
        }

        abstract long integer(Frame frame);

        final long min() {
            return min;
        }

        final long max() {
            return max;
        }

        @Override
        final double number(Frame frame) {
            long integer = integer(frame);
            return integer == MISSING ? Double.NaN : integer;
        }

        @Override
        final boolean isExact() {
            return min >= -EXACT && max <= EXACT;
        }

        @Override
        final boolean isPresent(Frame frame) {
            return integer(frame) != MISSING;
        }

        @Override
        final Object value(Frame frame) {
            long integer = integer(frame);
            return integer == MISSING ? null : integer;
        }
    }

    /** A timestamp. */
    abstract static class OfTime extends CompiledExpression {
        static final long MISSING = Long.MIN_VALUE;

        /** Returns epoch microseconds, or {@link #MISSING}. */
        abstract long micros(Frame frame);

        @Override
        final boolean test(Frame frame) {
            return isPresent(frame);
        }

        @Override
        final boolean isPresent(Frame frame) {
            return micros(frame) != MISSING;
        }

        @Override
        final Object value(Frame frame) {
            long micros = micros(frame);
            return micros == MISSING ? null : new UntypedValues.Time(micros);
        }
    }

    /** A string. */
    abstract static class OfText extends CompiledExpression {
        /** Returns the string, or {@code null} when missing. */
        abstract String text(Frame frame);

        @Override
        final boolean test(Frame frame) {
            return isPresent(frame);
        }

        @Override
        final Object value(Frame frame) {
            return text(frame);
        }
    }

    /** A list whose items are rows of one column. */
    abstract static class OfRows extends CompiledExpression {
        final dev.pequel.column.Column column;
        /**
         * Whether the list was made by a path that crossed a list (P20), so that its items may be compared one by one
         * (P21).
         */
        final boolean throughPath;

        OfRows(dev.pequel.column.Column column, boolean throughPath) {
            this.column = column;
            this.throughPath = throughPath;
        }

        /** Appends the items' rows, in order. */
        abstract void collect(Frame frame, Rows into);

        @Override
        abstract boolean isPresent(Frame frame);

        /**
         * Whether the list was made by a path for the current profile; always false when {@link #throughPath} is
         * false.
         */
        boolean isPathMade(Frame frame) {
            return throughPath;
        }

        @Override
        boolean test(Frame frame) {
            Rows rows = new Rows();
            collect(frame, rows);
            return rows.size > 0;
        }

        @Override
        final Object value(Frame frame) {
            if (!isPresent(frame)) {
                return null;
            }
            Rows rows = new Rows();
            collect(frame, rows);
            frame.make(rows.size);
            java.util.List<Object> items = new java.util.ArrayList<>(rows.size);
            for (int i = 0; i < rows.size; i++) {
                items.add(UntypedValues.at(frame, column, rows.row[i]));
            }
            return new UntypedValues.Items(items, isPathMade(frame));
        }
    }

    /** A constant of a type that has no subclass of its own. */
    static final class Constant extends CompiledExpression {
        static final Constant NULL = new Constant(null);

        private final Object value;

        Constant(Object value) {
            this.value = value;
        }

        @Override
        boolean test(Frame frame) {
            return UntypedValues.isTrue(value);
        }

        @Override
        boolean isPresent(Frame frame) {
            return value != null;
        }

        @Override
        Object value(Frame frame) {
            return value;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    static final class ConstantBoolean extends OfBoolean {
        static final ConstantBoolean TRUE = new ConstantBoolean(true);
        static final ConstantBoolean FALSE = new ConstantBoolean(false);

        private final boolean value;

        private ConstantBoolean(boolean value) {
            this.value = value;
        }

        static ConstantBoolean of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        boolean test(Frame frame) {
            return value;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    static final class ConstantLong extends OfLong {
        final long value;

        ConstantLong(long value) {
            super(value, value);
            this.value = value;
        }

        @Override
        long integer(Frame frame) {
            return value;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    static final class ConstantDouble extends OfNumber {
        final double value;

        ConstantDouble(double value) {
            this.value = value;
        }

        @Override
        double number(Frame frame) {
            return value;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    static final class ConstantTime extends OfTime {
        final long micros;

        ConstantTime(long micros) {
            this.micros = micros;
        }

        @Override
        long micros(Frame frame) {
            return micros;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    static final class ConstantText extends OfText {
        final String text;

        ConstantText(String text) {
            this.text = text;
        }

        @Override
        String text(Frame frame) {
            return text;
        }

        @Override
        boolean isPresent(Frame frame) {
            return true;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    /** Returns a constant for a value in its form as an object. */
    static CompiledExpression constant(Object value) {
        return switch (value) {
            case null -> Constant.NULL;
            case Boolean flag -> ConstantBoolean.of(flag);
            // The smallest long marks a missing number.
            case Long integer when integer == OfLong.MISSING -> new ConstantDouble(integer);
            case Long integer -> new ConstantLong(integer);
            case Double number -> new ConstantDouble(number);
            case String text -> new ConstantText(text);
            case UntypedValues.Time time -> new ConstantTime(time.micros());
            default -> new Constant(value);
        };
    }
}
