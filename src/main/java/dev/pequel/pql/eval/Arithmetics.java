package dev.pequel.pql.eval;

import dev.pequel.pql.ast.ArithmeticOperator;

/** Arithmetic (P35). */
final class Arithmetics {

    private Arithmetics() {}

    static Code of(ArithmeticOperator operator, Code left, Code right) {
        if (left.isConstant() && right.isConstant()) {
            return Code.constant(Dynamic.arithmetic(operator, left.value(null), right.value(null)));
        }
        if (left instanceof Code.OfLong a && right instanceof Code.OfLong b && operator != ArithmeticOperator.DIVIDE) {
            return longs(operator, a, b);
        }
        if (left instanceof Code.OfNumber a && right instanceof Code.OfNumber b) {
            return new Numbers(operator, a, b);
        }
        return new Numbers(operator, asNumber(left), asNumber(right));
    }

    static Code negated(Code operand) {
        if (operand.isConstant()) {
            return Code.constant(Dynamic.negate(operand.value(null)));
        }
        return of(ArithmeticOperator.SUBTRACT, new Code.ConstantLong(0), operand);
    }

    /** Whole numbers stay whole where their bounds show that nothing overflows. */
    private static Code longs(ArithmeticOperator operator, Code.OfLong left, Code.OfLong right) {
        try {
            return switch (operator) {
                case ADD ->
                    new Longs(
                            operator,
                            left,
                            right,
                            atLeast(Math.addExact(left.min(), right.min())),
                            Math.addExact(left.max(), right.max()));
                case SUBTRACT ->
                    new Longs(
                            operator,
                            left,
                            right,
                            atLeast(Math.subtractExact(left.min(), right.max())),
                            Math.subtractExact(left.max(), right.min()));
                case MULTIPLY -> {
                    long most = Math.multiplyExact(magnitude(left), magnitude(right));
                    yield new Longs(operator, left, right, -most, most);
                }
                case REMAINDER -> new Longs(operator, left, right, -magnitude(left), magnitude(left));
                case DIVIDE -> throw new IllegalArgumentException("division is never whole");
            };
        } catch (ArithmeticException mayOverflow) {
            return new Numbers(operator, left, right);
        }
    }

    /** The bound, unless it is the smallest long, which stands for a missing number. */
    private static long atLeast(long min) {
        return Math.negateExact(Math.negateExact(min));
    }

    private static long magnitude(Code.OfLong code) {
        return Math.max(Math.absExact(code.min()), Math.absExact(code.max()));
    }

    private static Code.OfNumber asNumber(Code code) {
        return code instanceof Code.OfNumber number ? number : new NumberOf(code);
    }

    private static final class Longs extends Code.OfLong {
        private final ArithmeticOperator operator;
        private final OfLong left;
        private final OfLong right;

        Longs(ArithmeticOperator operator, OfLong left, OfLong right, long min, long max) {
            super(min, max);
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        long integer(Frame frame) {
            long a = left.integer(frame);
            long b = right.integer(frame);
            if (a == MISSING || b == MISSING) {
                return MISSING;
            }
            return switch (operator) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case REMAINDER -> b == 0 ? MISSING : a % b;
                case DIVIDE -> throw new IllegalStateException("division is never whole");
            };
        }
    }

    private static final class Numbers extends Code.OfNumber {
        private final ArithmeticOperator operator;
        private final OfNumber left;
        private final OfNumber right;

        Numbers(ArithmeticOperator operator, OfNumber left, OfNumber right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        double number(Frame frame) {
            return Dynamic.doubles(operator, left.number(frame), right.number(frame));
        }

        /** Where both operands may be whole, the result may be too, and then larger than a double can hold exactly. */
        @Override
        boolean isExact() {
            return operator == ArithmeticOperator.DIVIDE
                    || left instanceof Columns.DoubleOf
                    || right instanceof Columns.DoubleOf
                    || left instanceof ConstantDouble
                    || right instanceof ConstantDouble;
        }

        @Override
        Object value(Frame frame) {
            return Dynamic.arithmetic(operator, left.value(frame), right.value(frame));
        }
    }

    /** The number that a value of unknown kind may be. */
    static final class NumberOf extends Code.OfNumber {
        private final Code source;

        NumberOf(Code source) {
            this.source = source;
        }

        @Override
        double number(Frame frame) {
            return value(frame) instanceof Number number ? number.doubleValue() : Double.NaN;
        }

        @Override
        boolean isExact() {
            return false;
        }

        @Override
        Object value(Frame frame) {
            int held = frame.held();
            Object value = source.value(frame);
            frame.release(held);
            return value instanceof Number number ? number : null;
        }
    }
}
