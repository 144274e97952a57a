package dev.pequel.pql.compile;

import dev.pequel.pql.ast.ArithmeticOperator;

/** Compiles arithmetic (P35). */
final class CompiledArithmetic {

    private CompiledArithmetic() {}

    static CompiledExpression of(ArithmeticOperator operator, CompiledExpression left, CompiledExpression right) {
        if (left.isConstant() && right.isConstant()) {
            return CompiledExpression.constant(UntypedValues.arithmetic(operator, left.value(null), right.value(null)));
        }
        if (left instanceof CompiledExpression.OfLong a
                && right instanceof CompiledExpression.OfLong b
                && operator != ArithmeticOperator.DIVIDE) {
            return longs(operator, a, b);
        }
        if (left instanceof CompiledExpression.OfNumber a && right instanceof CompiledExpression.OfNumber b) {
            return new Numbers(operator, a, b);
        }
        return new Numbers(operator, asNumber(left), asNumber(right));
    }

    static CompiledExpression negated(CompiledExpression operand) {
        if (operand.isConstant()) {
            return CompiledExpression.constant(UntypedValues.negate(operand.value(null)));
        }
        return of(ArithmeticOperator.SUBTRACT, new CompiledExpression.ConstantLong(0), operand);
    }

    /** Computes with whole numbers where the operands' bounds rule out an overflow. */
    private static CompiledExpression longs(
            ArithmeticOperator operator, CompiledExpression.OfLong left, CompiledExpression.OfLong right) {
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
                    long max = Math.multiplyExact(magnitude(left), magnitude(right));
                    yield new Longs(operator, left, right, -max, max);
                }
                case REMAINDER -> new Longs(operator, left, right, -magnitude(left), magnitude(left));
                case DIVIDE -> throw new IllegalArgumentException("division is never whole");
            };
        } catch (ArithmeticException mayOverflow) {
            return new Numbers(operator, left, right);
        }
    }

    /** Returns the bound, or throws for the smallest long, which marks a missing number. */
    private static long atLeast(long min) {
        return Math.negateExact(Math.negateExact(min));
    }

    private static long magnitude(CompiledExpression.OfLong code) {
        return Math.max(Math.absExact(code.min()), Math.absExact(code.max()));
    }

    private static CompiledExpression.OfNumber asNumber(CompiledExpression code) {
        return code instanceof CompiledExpression.OfNumber number ? number : new NumberOf(code);
    }

    private static final class Longs extends CompiledExpression.OfLong {
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

    private static final class Numbers extends CompiledExpression.OfNumber {
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
            return UntypedValues.doubles(operator, left.number(frame), right.number(frame));
        }

        /** Operands that may be whole numbers may have a whole result that a double cannot hold exactly. */
        @Override
        boolean isExact() {
            return operator == ArithmeticOperator.DIVIDE
                    || left instanceof CompiledColumns.DoubleOf
                    || right instanceof CompiledColumns.DoubleOf
                    || left instanceof ConstantDouble
                    || right instanceof ConstantDouble;
        }

        @Override
        Object value(Frame frame) {
            return UntypedValues.arithmetic(operator, left.value(frame), right.value(frame));
        }
    }

    /** The number that a value of unknown type may be; any other value counts as missing. */
    static final class NumberOf extends CompiledExpression.OfNumber {
        private final CompiledExpression source;

        NumberOf(CompiledExpression source) {
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
