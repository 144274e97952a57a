package dev.pequel.pql.compile;

import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.TermKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles the Boolean structure of segments and evaluates it for a block of profiles at a time, with a bit for each.
 * A condition that occurs several times, in one segment or in several, is evaluated once. An operand of {@code and}
 * or {@code or} is evaluated only for the profiles that the operands before it have not decided.
 *
 * <p>Reason, from {@code ScaleBenchmark}: a thousand segments share most of their conditions, and bits of a block are
 * combined 64 at a time.
 */
final class Conditions {

    /**
     * Words of bits in a block. At this size a block's values of a few columns fit into the processor's nearest
     * caches.
     */
    static final int WORDS = 64;

    /** Profiles in a block. */
    static final int BLOCK = WORDS * Long.SIZE;

    private final Compiler compiler;
    private final Map<TermKey, Condition> conditions = new HashMap<>();
    private final List<Leaf> leaves = new ArrayList<>();

    Conditions(Compiler compiler) {
        this.compiler = compiler;
    }

    /** A condition, evaluated for the block given to {@link #startBlock}. */
    abstract static class Condition {
        /**
         * @param mask the profiles to evaluate; not changed
         * @param into receives the profiles of the mask that satisfy the condition; not the same array as
         *     {@code mask}
         */
        abstract void evaluate(Frame frame, long[] mask, long[] into);

        /** Whether the condition runs through lists. */
        abstract boolean isExpensive();
    }

    /** Clears the results of the previous block. */
    void startBlock(int firstRow) {
        leaves.forEach(leaf -> leaf.startBlock(firstRow));
    }

    Condition of(Term term) {
        TermKey key = new TermKey(term);
        Condition known = conditions.get(key);
        if (known == null) {
            known = translate(term);
            conditions.put(key, known);
        }
        return known;
    }

    private Condition translate(Term term) {
        return switch (term) {
            case Term.And and -> new All(ordered(and.operands()));
            case Term.Or or -> new Any(ordered(or.operands()));
            case Term.Not not -> new None(of(not.operand()));
            default -> {
                Leaf leaf = new Leaf(compiler.operand(term), TermWalk.isExpensive(term));
                leaves.add(leaf);
                yield leaf;
            }
        };
    }

    /**
     * Puts conditions that run through lists last, so that they are evaluated only for undecided profiles. This is
     * safe because conditions have no effects.
     */
    private Condition[] ordered(List<Term> operands) {
        List<Condition> all = operands.stream().map(this::of).toList();
        List<Condition> ordered = new ArrayList<>();
        all.stream().filter(condition -> !condition.isExpensive()).forEach(ordered::add);
        all.stream().filter(Condition::isExpensive).forEach(ordered::add);
        return ordered.toArray(Condition[]::new);
    }

    private static final class Leaf extends Condition {
        private final CompiledExpression code;
        private final boolean dear;
        private final long[] known = new long[WORDS];
        private final long[] holds = new long[WORDS];
        private int firstRow;

        Leaf(CompiledExpression code, boolean dear) {
            this.code = code;
            this.dear = dear;
        }

        @Override
        boolean isExpensive() {
            return dear;
        }

        void startBlock(int row) {
            firstRow = row;
            Arrays.fill(known, 0);
        }

        @Override
        void evaluate(Frame frame, long[] mask, long[] into) {
            for (int word = 0; word < WORDS; word++) {
                long missing = mask[word] & ~known[word];
                if (missing != 0) {
                    holds[word] = holds[word] & known[word] | evaluate(frame, firstRow + (word << 6), missing);
                    known[word] |= missing;
                }
                into[word] = holds[word] & mask[word];
            }
        }

        private long evaluate(Frame frame, int row, long wanted) {
            frame.pass(Long.SIZE);
            long result = 0;
            for (long rest = wanted; rest != 0; rest &= rest - 1) {
                int bit = Long.numberOfTrailingZeros(rest);
                frame.startProfile(row + bit);
                if (code.test(frame)) {
                    result |= 1L << bit;
                }
            }
            return result;
        }
    }

    private static final class All extends Condition {
        private final Condition[] operands;
        private final long[] part = new long[WORDS];
        private final long[] rest = new long[WORDS];

        All(Condition[] operands) {
            this.operands = operands;
        }

        @Override
        boolean isExpensive() {
            return operands[operands.length - 1].isExpensive();
        }

        @Override
        void evaluate(Frame frame, long[] mask, long[] into) {
            System.arraycopy(mask, 0, rest, 0, WORDS);
            for (Condition operand : operands) {
                operand.evaluate(frame, rest, part);
                System.arraycopy(part, 0, rest, 0, WORDS);
            }
            System.arraycopy(rest, 0, into, 0, WORDS);
        }
    }

    private static final class Any extends Condition {
        private final Condition[] operands;
        private final long[] part = new long[WORDS];
        private final long[] open = new long[WORDS];

        Any(Condition[] operands) {
            this.operands = operands;
        }

        @Override
        boolean isExpensive() {
            return operands[operands.length - 1].isExpensive();
        }

        @Override
        void evaluate(Frame frame, long[] mask, long[] into) {
            System.arraycopy(mask, 0, open, 0, WORDS);
            for (Condition operand : operands) {
                operand.evaluate(frame, open, part);
                for (int word = 0; word < WORDS; word++) {
                    open[word] &= ~part[word];
                }
            }
            for (int word = 0; word < WORDS; word++) {
                into[word] = mask[word] & ~open[word];
            }
        }
    }

    private static final class None extends Condition {
        private final Condition operand;

        None(Condition operand) {
            this.operand = operand;
        }

        @Override
        boolean isExpensive() {
            return operand.isExpensive();
        }

        @Override
        void evaluate(Frame frame, long[] mask, long[] into) {
            operand.evaluate(frame, mask, into);
            for (int word = 0; word < WORDS; word++) {
                into[word] = mask[word] & ~into[word];
            }
        }
    }
}
