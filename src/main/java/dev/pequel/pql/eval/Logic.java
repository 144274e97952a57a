package dev.pequel.pql.eval;

import java.util.List;

/** Codes for logic and {@code if}. */
final class Logic {

    private Logic() {}

    static Code truth(Code code) {
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return code.test(frame);
            }
        };
    }

    static Code not(Code operand) {
        if (operand.isConstant()) {
            return Code.ConstantBoolean.of(!operand.test(null));
        }
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return !operand.test(frame);
            }
        };
    }

    static Code all(List<Code> operands) {
        return new All(operands);
    }

    static Code any(List<Code> operands) {
        return new Any(operands);
    }

    private static final class All extends Code.OfBoolean {
        private final Code[] operands;

        All(List<Code> operands) {
            this.operands = operands.toArray(Code[]::new);
        }

        @Override
        boolean test(Frame frame) {
            for (Code operand : operands) {
                if (!operand.test(frame)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Any extends Code.OfBoolean {
        private final Code[] operands;

        Any(List<Code> operands) {
            this.operands = operands.toArray(Code[]::new);
        }

        @Override
        boolean test(Frame frame) {
            for (Code operand : operands) {
                if (operand.test(frame)) {
                    return true;
                }
            }
            return false;
        }
    }

    static Code choice(Code test, Code then, Code otherwise) {
        if (test.isConstant()) {
            return test.test(null) ? then : otherwise;
        }
        if (then instanceof Code.OfNumber a && otherwise instanceof Code.OfNumber b) {
            boolean widened = a instanceof Code.OfLong != b instanceof Code.OfLong;
            return new Code.OfNumber() {
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
                    // P44: the branches have one type.
                    Object value = test.test(frame) ? a.value(frame) : b.value(frame);
                    return widened && value instanceof Long integer ? (Object) integer.doubleValue() : value;
                }
            };
        }
        return new Code() {
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
