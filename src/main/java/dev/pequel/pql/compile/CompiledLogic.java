package dev.pequel.pql.compile;

import java.util.List;

/** Compiles {@code and}, {@code or}, {@code not} and {@code if}. */
final class CompiledLogic {

    private CompiledLogic() {}

    static CompiledExpression truth(CompiledExpression code) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return code.test(frame);
            }
        };
    }

    static CompiledExpression not(CompiledExpression operand) {
        if (operand.isConstant()) {
            return CompiledExpression.ConstantBoolean.of(!operand.test(null));
        }
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return !operand.test(frame);
            }
        };
    }

    static CompiledExpression all(List<CompiledExpression> operands) {
        return new All(operands);
    }

    static CompiledExpression any(List<CompiledExpression> operands) {
        return new Any(operands);
    }

    private static final class All extends CompiledExpression.OfBoolean {
        private final CompiledExpression[] operands;

        All(List<CompiledExpression> operands) {
            this.operands = operands.toArray(CompiledExpression[]::new);
        }

        @Override
        boolean test(Frame frame) {
            for (CompiledExpression operand : operands) {
                if (!operand.test(frame)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Any extends CompiledExpression.OfBoolean {
        private final CompiledExpression[] operands;

        Any(List<CompiledExpression> operands) {
            this.operands = operands.toArray(CompiledExpression[]::new);
        }

        @Override
        boolean test(Frame frame) {
            for (CompiledExpression operand : operands) {
                if (operand.test(frame)) {
                    return true;
                }
            }
            return false;
        }
    }

    static CompiledExpression choice(CompiledExpression test, CompiledExpression then, CompiledExpression otherwise) {
        if (test.isConstant()) {
            return test.test(null) ? then : otherwise;
        }
        if (then instanceof CompiledExpression.OfNumber a && otherwise instanceof CompiledExpression.OfNumber b) {
            boolean widened = a instanceof CompiledExpression.OfLong != b instanceof CompiledExpression.OfLong;
            return new CompiledExpression.OfNumber() {
                @Override
                double number(Frame frame) {
                    return test.test(frame) ? a.number(frame) : b.number(frame);
                }

                @Override
                boolean isExact() {
                    return a.isExact() && b.isExact();
                }

                @Override
                Object value(Frame frame) {
                    // Both branches have the same type (P44).
                    Object value = test.test(frame) ? a.value(frame) : b.value(frame);
                    return widened && value instanceof Long integer ? (Object) integer.doubleValue() : value;
                }
            };
        }
        return new CompiledExpression() {
            @Override
            Object value(Frame frame) {
                return test.test(frame) ? then.value(frame) : otherwise.value(frame);
            }

            @Override
            boolean test(Frame frame) {
                return test.test(frame) ? then.test(frame) : otherwise.test(frame);
            }
        };
    }
}
