package dev.pequel.pql.compile;

import dev.pequel.column.Dictionary;
import dev.pequel.pql.ast.ComparisonOperator;

/** Compiles comparisons, specialised by the types of the operands. A comparison with a missing value is false. */
final class CompiledComparisons {

    private CompiledComparisons() {}

    /** Compares two expressions, neither of which is a list made by a path. */
    static CompiledExpression of(ComparisonOperator operator, CompiledExpression left, CompiledExpression right) {
        if (isNull(left) || isNull(right)) {
            return CompiledExpression.ConstantBoolean.FALSE;
        }
        if (left.isConstant() && right.isConstant()) {
            return CompiledExpression.ConstantBoolean.of(
                    UntypedValues.compare(Frame.ofConstants(), operator, left.value(null), right.value(null)));
        }
        if (left.isConstant()) {
            return of(mirrored(operator), right, left);
        }
        if (left instanceof CompiledExpression.OfNumber a && right instanceof CompiledExpression.OfNumber b) {
            return numbers(operator, a, b);
        }
        if (left instanceof CompiledExpression.OfText a && right instanceof CompiledExpression.OfText b) {
            return texts(operator, a, b);
        }
        if (left instanceof CompiledExpression.OfTime a && right instanceof CompiledExpression.OfTime b) {
            return new Times(operator, a, b);
        }
        if (left instanceof CompiledExpression.OfFlag a
                && right instanceof CompiledExpression.ConstantBoolean b
                && !operator.isOrder()) {
            int wanted = b.test(null) == (operator == ComparisonOperator.EQUAL) ? 1 : 0;
            return new FlagIs(a, wanted);
        }
        if (isScalar(left) && isScalar(right) && kind(left) != kind(right)) {
            return CompiledExpression.ConstantBoolean.FALSE;
        }
        return new Objects(operator, left, right);
    }

    static ComparisonOperator mirrored(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> ComparisonOperator.EQUAL;
            case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case LESS -> ComparisonOperator.GREATER;
            case LESS_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
            case GREATER -> ComparisonOperator.LESS;
            case GREATER_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
        };
    }

    static boolean isNull(CompiledExpression code) {
        return code.isConstant() && code.value(null) == null;
    }

    private static boolean isScalar(CompiledExpression code) {
        return kind(code) != Kind.OTHER;
    }

    private enum Kind {
        BOOLEAN,
        NUMBER,
        TEXT,
        TIME,
        OTHER
    }

    private static Kind kind(CompiledExpression code) {
        return switch (code) {
            case CompiledExpression.OfBoolean flag -> Kind.BOOLEAN;
            case CompiledExpression.OfFlag flag -> Kind.BOOLEAN;
            case CompiledExpression.OfNumber number -> Kind.NUMBER;
            case CompiledExpression.OfText text -> Kind.TEXT;
            case CompiledExpression.OfTime time -> Kind.TIME;
            default -> Kind.OTHER;
        };
    }

    private static CompiledExpression numbers(
            ComparisonOperator operator, CompiledExpression.OfNumber left, CompiledExpression.OfNumber right) {
        if (left instanceof CompiledExpression.OfLong a && right instanceof CompiledExpression.ConstantLong b) {
            return new LongConstant(operator, a, b.value);
        }
        if (left instanceof CompiledExpression.OfLong a && right instanceof CompiledExpression.OfLong b) {
            return new Longs(operator, a, b);
        }
        if (!left.isExact() || !right.isExact()) {
            return new Objects(operator, left, right);
        }
        return right.isConstant()
                ? new DoubleConstant(operator, left, right.number(null))
                : new Doubles(operator, left, right);
    }

    private static CompiledExpression texts(
            ComparisonOperator operator, CompiledExpression.OfText left, CompiledExpression.OfText right) {
        if (left instanceof CompiledColumns.TextOf a && right instanceof CompiledExpression.ConstantText b) {
            if (!operator.isOrder()) {
                int wanted = a.dictionary().find(b.text);
                return operator == ComparisonOperator.EQUAL ? new CodeIs(a, wanted) : new CodeIsNot(a, wanted);
            }
            return CompiledStrings.tested(
                    a, (frame, text) -> UntypedValues.holds(operator, UntypedValues.orderTexts(frame, text, b.text)));
        }
        if (left instanceof CompiledColumns.TextOf a && right instanceof CompiledColumns.TextOf b) {
            return new Entries(operator, a, b);
        }
        return new Strings(operator, left, right);
    }

    private static final class LongConstant extends CompiledExpression.OfBoolean {
        private final OfLong left;
        // The range of values for which the comparison holds; for `!=`, the range for which it does not.
        private final long from;
        private final long to;
        private final boolean inside;

        LongConstant(ComparisonOperator operator, OfLong left, long right) {
            this.left = left;
            this.inside = operator != ComparisonOperator.NOT_EQUAL;
            this.from = switch (operator) {
                case EQUAL, NOT_EQUAL, GREATER_OR_EQUAL -> right;
                case GREATER -> right == Long.MAX_VALUE ? Long.MAX_VALUE : right + 1;
                case LESS, LESS_OR_EQUAL -> Long.MIN_VALUE + 1;
            };
            this.to = switch (operator) {
                case EQUAL, NOT_EQUAL, LESS_OR_EQUAL -> right;
                case LESS -> right - 1;
                case GREATER -> right == Long.MAX_VALUE ? Long.MIN_VALUE : Long.MAX_VALUE;
                case GREATER_OR_EQUAL -> Long.MAX_VALUE;
            };
        }

        @Override
        boolean test(Frame frame) {
            long value = left.integer(frame);
            return value != OfLong.MISSING && (value >= from && value <= to) == inside;
        }
    }

    private static final class Longs extends CompiledExpression.OfBoolean {
        private final ComparisonOperator operator;
        private final OfLong left;
        private final OfLong right;

        Longs(ComparisonOperator operator, OfLong left, OfLong right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(Frame frame) {
            long a = left.integer(frame);
            long b = right.integer(frame);
            return a != OfLong.MISSING && b != OfLong.MISSING && UntypedValues.holds(operator, Long.compare(a, b));
        }
    }

    private static final class DoubleConstant extends CompiledExpression.OfBoolean {
        private final ComparisonOperator operator;
        private final OfNumber left;
        private final double right;

        DoubleConstant(ComparisonOperator operator, OfNumber left, double right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(Frame frame) {
            return holds(operator, left.number(frame), right);
        }
    }

    private static final class Doubles extends CompiledExpression.OfBoolean {
        private final ComparisonOperator operator;
        private final OfNumber left;
        private final OfNumber right;

        Doubles(ComparisonOperator operator, OfNumber left, OfNumber right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(Frame frame) {
            return holds(operator, left.number(frame), right.number(frame));
        }
    }

    /** NaN marks a missing number. Every comparison with it is false, {@code !=} included. */
    private static boolean holds(ComparisonOperator operator, double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left < right || left > right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }

    private static final class Times extends CompiledExpression.OfBoolean {
        private final ComparisonOperator operator;
        private final OfTime left;
        private final OfTime right;

        Times(ComparisonOperator operator, OfTime left, OfTime right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(Frame frame) {
            long a = left.micros(frame);
            long b = right.micros(frame);
            return a != OfTime.MISSING && b != OfTime.MISSING && UntypedValues.holds(operator, Long.compare(a, b));
        }
    }

    private static final class FlagIs extends CompiledExpression.OfBoolean {
        private final OfFlag flag;
        private final int wanted;

        FlagIs(OfFlag flag, int wanted) {
            this.flag = flag;
            this.wanted = wanted;
        }

        @Override
        boolean test(Frame frame) {
            return flag.flag(frame) == wanted;
        }
    }

    private static final class CodeIs extends CompiledExpression.OfBoolean {
        private final CompiledColumns.TextOf text;
        private final int wanted;

        /** @param wanted any negative number matches nothing, not even a missing string, whose code is -1 */
        CodeIs(CompiledColumns.TextOf text, int wanted) {
            this.text = text;
            this.wanted = wanted < 0 ? Integer.MIN_VALUE : wanted;
        }

        @Override
        boolean test(Frame frame) {
            return text.code(frame) == wanted;
        }
    }

    private static final class CodeIsNot extends CompiledExpression.OfBoolean {
        private final CompiledColumns.TextOf text;
        private final int unwanted;

        CodeIsNot(CompiledColumns.TextOf text, int unwanted) {
            this.text = text;
            this.unwanted = unwanted;
        }

        @Override
        boolean test(Frame frame) {
            int code = text.code(frame);
            return code >= 0 && code != unwanted;
        }
    }

    /** Compares strings of two dictionaries. */
    private static final class Entries extends CompiledExpression.OfBoolean {
        /** Strings longer than this many bytes count towards the evaluation limit when compared. */
        private static final int LONG = 1 << 10;

        private final ComparisonOperator operator;
        private final CompiledColumns.TextOf left;
        private final CompiledColumns.TextOf right;
        private final boolean areLong;

        Entries(ComparisonOperator operator, CompiledColumns.TextOf left, CompiledColumns.TextOf right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
            this.areLong = hasLong(left.dictionary()) && hasLong(right.dictionary());
        }

        private static boolean hasLong(Dictionary dictionary) {
            for (int code = 0; code < dictionary.size(); code++) {
                if (dictionary.length(code) > LONG) {
                    return true;
                }
            }
            return false;
        }

        @Override
        boolean test(Frame frame) {
            int a = left.code(frame);
            int b = right.code(frame);
            if (a < 0 || b < 0) {
                return false;
            }
            if (areLong) {
                frame.read(
                        Math.min(left.dictionary().length(a), right.dictionary().length(b)));
            }
            return switch (operator) {
                case EQUAL -> left.dictionary().same(a, right.dictionary(), b);
                case NOT_EQUAL -> !left.dictionary().same(a, right.dictionary(), b);
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    UntypedValues.holds(operator, left.dictionary().compare(a, right.dictionary(), b));
            };
        }
    }

    private static final class Strings extends CompiledExpression.OfBoolean {
        private final ComparisonOperator operator;
        private final OfText left;
        private final OfText right;

        Strings(ComparisonOperator operator, OfText left, OfText right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(Frame frame) {
            String a = left.text(frame);
            String b = right.text(frame);
            return a != null && b != null && UntypedValues.holds(operator, UntypedValues.orderTexts(frame, a, b));
        }
    }

    private static final class Objects extends CompiledExpression.OfBoolean {
        private final ComparisonOperator operator;
        private final CompiledExpression left;
        private final CompiledExpression right;

        Objects(ComparisonOperator operator, CompiledExpression left, CompiledExpression right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(Frame frame) {
            int held = frame.held();
            boolean holds = UntypedValues.compare(frame, operator, left.value(frame), right.value(frame));
            frame.release(held);
            return holds;
        }
    }
}
