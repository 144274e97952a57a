package dev.pequel.pql.compile;

import dev.pequel.pql.ast.Expression.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiled expressions that iterate over combinations of variables: quantifiers, {@code select} and aggregates. */
final class Quantifiers {

    private Quantifiers() {}

    /** The action for each combination. */
    interface Body {
        /** Returns true to stop the iteration. */
        boolean visit(Frame frame);
    }

    /** A loop that binds one variable to each item of its range in turn, with an inner loop for the next variable. */
    abstract static class Loop {
        private final Optional<CompiledExpression> condition;
        private final Optional<Loop> inner;

        private Loop(Optional<CompiledExpression> condition, Optional<Loop> inner) {
            this.condition = condition;
            this.inner = inner;
        }

        /**
         * Runs the body for every combination that satisfies the conditions; returns true when the body asked to
         * stop.
         */
        abstract boolean run(Frame frame, Body body);

        /** Whether the condition holds for every item, and the inner loops' conditions for each (P41). */
        abstract boolean forAll(Frame frame);

        final boolean visit(Frame frame, Body body) {
            if (condition.isPresent() && !condition.get().test(frame)) {
                return false;
            }
            return inner.isPresent() ? inner.get().run(frame, body) : body.visit(frame);
        }

        final boolean holds(Frame frame) {
            return (condition.isEmpty() || condition.get().test(frame))
                    && (inner.isEmpty() || inner.get().forAll(frame));
        }
    }

    static Loop overRows(
            CompiledExpression.OfRows source,
            int buffer,
            int slot,
            Optional<CompiledExpression> condition,
            Optional<Loop> inner) {
        if (source instanceof CompiledColumns.Elements elements) {
            return overElements(elements, slot, condition, inner);
        }
        return new Loop(condition, inner) {
            @Override
            boolean run(Frame frame, Body body) {
                Rows rows = frame.buffer(buffer);
                source.collect(frame, rows);
                for (int i = 0; i < rows.size; i++) {
                    frame.item(i);
                    frame.rows[slot] = rows.row[i];
                    if (visit(frame, body)) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            boolean forAll(Frame frame) {
                Rows rows = frame.buffer(buffer);
                source.collect(frame, rows);
                for (int i = 0; i < rows.size; i++) {
                    frame.item(i);
                    frame.rows[slot] = rows.row[i];
                    if (!holds(frame)) {
                        return false;
                    }
                }
                return true;
            }
        };
    }

    /**
     * Counts only the items that are read, because a loop that stops early may run for each of many items. Counts in
     * chunks and not in advance, because the body may take long for each item.
     */
    private static Loop overElements(
            CompiledColumns.Elements elements, int slot, Optional<CompiledExpression> condition, Optional<Loop> inner) {
        return new Loop(condition, inner) {
            @Override
            boolean run(Frame frame, Body body) {
                int end = elements.end(frame);
                for (int start = elements.start(frame); start < end; start = endOfPiece(start, end)) {
                    int endOfPiece = endOfPiece(start, end);
                    for (int row = start; row < endOfPiece; row++) {
                        frame.rows[slot] = row;
                        if (visit(frame, body)) {
                            frame.walk(row + 1 - start);
                            return true;
                        }
                    }
                    frame.walk(endOfPiece - start);
                }
                return false;
            }

            @Override
            boolean forAll(Frame frame) {
                int end = elements.end(frame);
                for (int start = elements.start(frame); start < end; start = endOfPiece(start, end)) {
                    int endOfPiece = endOfPiece(start, end);
                    for (int row = start; row < endOfPiece; row++) {
                        frame.rows[slot] = row;
                        if (!holds(frame)) {
                            frame.walk(row + 1 - start);
                            return false;
                        }
                    }
                    frame.walk(endOfPiece - start);
                }
                return true;
            }

            private int endOfPiece(int start, int end) {
                return end - start > Frame.PATIENCE ? start + Frame.PATIENCE : end;
            }
        };
    }

    static Loop overObjects(
            CompiledExpression list, int slot, Optional<CompiledExpression> condition, Optional<Loop> inner) {
        return new Loop(condition, inner) {
            @Override
            boolean run(Frame frame, Body body) {
                int held = frame.held();
                boolean stopped = false;
                List<Object> items = CompiledLists.itemsOrNone(frame, list.value(frame));
                for (int i = 0; i < items.size(); i++) {
                    frame.item(i);
                    frame.values[slot] = items.get(i);
                    if (visit(frame, body)) {
                        stopped = true;
                        break;
                    }
                }
                frame.release(held);
                return stopped;
            }

            @Override
            boolean forAll(Frame frame) {
                int held = frame.held();
                boolean hold = true;
                List<Object> items = CompiledLists.itemsOrNone(frame, list.value(frame));
                for (int i = 0; i < items.size(); i++) {
                    frame.item(i);
                    frame.values[slot] = items.get(i);
                    if (!holds(frame)) {
                        hold = false;
                        break;
                    }
                }
                frame.release(held);
                return hold;
            }
        };
    }

    private static final Body STOP = frame -> true;

    static CompiledExpression exists(Loop loop) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return loop.run(frame, STOP);
            }
        };
    }

    static CompiledExpression forAll(Loop loop) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return loop.forAll(frame);
            }
        };
    }

    /** Returns the tuples of several variables. */
    static CompiledExpression tuples(Loop loop, List<CompiledExpression> variables) {
        return CompiledLists.of(frame -> {
            List<Object> tuples = new ArrayList<>();
            int[] made = {0};
            loop.run(frame, inner -> {
                List<Object> tuple = new ArrayList<>(variables.size());
                variables.forEach(variable -> tuple.add(variable.value(inner)));
                tuples.add(new UntypedValues.Items(tuple, false));
                inner.walk(1);
                int size = 1 + UntypedValues.size(inner, tuple);
                made[0] += size;
                // Only checks the limit here: the loop releases items that its body makes.
                inner.requireRoom(made[0]);
                return false;
            });
            frame.make(made[0]);
            return new UntypedValues.Items(tuples, false);
        });
    }

    /** Returns the number of tuples without making them. */
    static CompiledExpression count(Loop loop) {
        return new CompiledExpression.OfLong(0, Integer.MAX_VALUE) {
            @Override
            long integer(Frame frame) {
                int[] count = {0};
                loop.run(frame, inner -> {
                    count[0]++;
                    return false;
                });
                return count[0];
            }
        };
    }

    static CompiledExpression aggregate(AggregateFunction function, Loop loop, CompiledExpression value) {
        return switch (function) {
            case SUM -> sum(loop, value);
            case AVERAGE -> new Average(loop, value);
            case MIN, MAX -> extreme(function == AggregateFunction.MAX, loop, value);
        };
    }

    private static CompiledExpression sum(Loop loop, CompiledExpression value) {
        // Two thousand million numbers of at most half the bits cannot overflow a sum.
        boolean small = value instanceof CompiledExpression.OfLong longs
                && longs.min() > -(1L << 31)
                && longs.max() < (1L << 31);
        return small ? new LongSum(loop, (CompiledExpression.OfLong) value) : new Sum(loop, value);
    }

    private static final class LongSum extends CompiledExpression.OfLong {
        private final Loop loop;
        private final OfLong value;

        LongSum(Loop loop, OfLong value) {
            super(Long.MIN_VALUE + 1, Long.MAX_VALUE);
            this.loop = loop;
            this.value = value;
        }

        @Override
        long integer(Frame frame) {
            Adding adding = new Adding();
            loop.run(frame, adding);
            return adding.sum;
        }

        private final class Adding implements Body {
            private long sum;

            @Override
            public boolean visit(Frame frame) {
                long number = value.integer(frame);
                if (number != MISSING) {
                    sum += number;
                }
                return false;
            }
        }
    }

    /** The sum; 0 without numbers. */
    private static final class Sum extends CompiledExpression.OfNumber {
        private final Loop loop;
        private final CompiledExpression value;

        Sum(Loop loop, CompiledExpression value) {
            this.loop = loop;
            this.value = value;
        }

        @Override
        double number(Frame frame) {
            if (value instanceof OfNumber numbers) {
                AddingDoubles adding = new AddingDoubles(numbers);
                loop.run(frame, adding);
                return adding.result();
            }
            Object sum = value(frame);
            return sum instanceof Number number ? number.doubleValue() : Double.NaN;
        }

        @Override
        boolean isExact() {
            // The sum of whole numbers may exceed what a double holds exactly, even if each of them does not.
            return value instanceof OfNumber numbers && numbers.isExact() && !(value instanceof OfLong);
        }

        @Override
        Object value(Frame frame) {
            Object[] sum = {0L};
            boolean[] overflown = {false};
            loop.run(frame, inner -> {
                Object number = value.value(inner);
                if (number instanceof Number) {
                    Object next = UntypedValues.arithmetic(dev.pequel.pql.ast.ArithmeticOperator.ADD, sum[0], number);
                    overflown[0] |= next == null;
                    sum[0] = next == null ? 0L : next;
                }
                return false;
            });
            return overflown[0] ? null : sum[0];
        }
    }

    private static final class AddingDoubles implements Body {
        private final CompiledExpression.OfNumber value;
        private double sum;
        private int count;

        AddingDoubles(CompiledExpression.OfNumber value) {
            this.value = value;
        }

        @Override
        public boolean visit(Frame frame) {
            double number = value.number(frame);
            if (!Double.isNaN(number)) {
                sum += number;
                count++;
            }
            return false;
        }

        /** Returns the sum, or NaN beyond the range of a double. */
        double result() {
            return Double.isInfinite(sum) ? Double.NaN : sum;
        }
    }

    private static final class Average extends CompiledExpression.OfNumber {
        private final Loop loop;
        private final OfNumber value;

        Average(Loop loop, CompiledExpression value) {
            this.loop = loop;
            this.value = value instanceof OfNumber numbers ? numbers : new CompiledArithmetic.NumberOf(value);
        }

        @Override
        double number(Frame frame) {
            AddingDoubles adding = new AddingDoubles(value);
            loop.run(frame, adding);
            return adding.count == 0 ? Double.NaN : adding.result() / adding.count;
        }
    }

    private static CompiledExpression extreme(boolean largest, Loop loop, CompiledExpression value) {
        return switch (value) {
            case CompiledExpression.OfLong longs -> new LongExtreme(largest, loop, longs);
            case CompiledExpression.OfTime times -> new TimeExtreme(largest, loop, times);
            case CompiledColumns.DoubleOf doubles -> new DoubleExtreme(largest, loop, doubles);
            default ->
                CompiledLists.of(frame -> {
                    Object[] best = {null};
                    loop.run(frame, inner -> {
                        Object candidate = value.value(inner);
                        if (candidate != null && isBetter(inner, largest, candidate, best[0])) {
                            best[0] = candidate;
                        }
                        return false;
                    });
                    return best[0];
                });
        };
    }

    /** Among values of several types, only those of the type that sorts first count. */
    private static boolean isBetter(Frame frame, boolean largest, Object candidate, Object best) {
        int rank = UntypedValues.rank(candidate);
        int bestRank = UntypedValues.rank(best);
        if (rank != bestRank || rank == UntypedValues.UNORDERED) {
            return rank < bestRank;
        }
        int order = UntypedValues.order(frame, candidate, best);
        return largest ? order > 0 : order < 0;
    }

    /** Missing numbers and missing timestamps are both the smallest long, so that this class serves both. */
    private abstract static class LongBody implements Body {
        private final boolean largest;
        long best = CompiledExpression.OfLong.MISSING;

        LongBody(boolean largest) {
            this.largest = largest;
        }

        abstract long candidate(Frame frame);

        @Override
        public final boolean visit(Frame frame) {
            long candidate = candidate(frame);
            if (candidate != CompiledExpression.OfLong.MISSING
                    && (best == CompiledExpression.OfLong.MISSING || (largest ? candidate > best : candidate < best))) {
                best = candidate;
            }
            return false;
        }
    }

    private static final class LongExtreme extends CompiledExpression.OfLong {
        private final boolean largest;
        private final Loop loop;
        private final OfLong value;

        LongExtreme(boolean largest, Loop loop, OfLong value) {
            super(value.min(), value.max());
            this.largest = largest;
            this.loop = loop;
            this.value = value;
        }

        @Override
        long integer(Frame frame) {
            LongBody body = new LongBody(largest) {
                @Override
                long candidate(Frame inner) {
                    return value.integer(inner);
                }
            };
            loop.run(frame, body);
            return body.best;
        }
    }

    private static final class TimeExtreme extends CompiledExpression.OfTime {
        private final boolean largest;
        private final Loop loop;
        private final OfTime value;

        TimeExtreme(boolean largest, Loop loop, OfTime value) {
            this.largest = largest;
            this.loop = loop;
            this.value = value;
        }

        @Override
        long micros(Frame frame) {
            LongBody body = new LongBody(largest) {
                @Override
                long candidate(Frame inner) {
                    return value.micros(inner);
                }
            };
            loop.run(frame, body);
            return body.best;
        }
    }

    private static final class DoubleExtreme extends CompiledExpression.OfNumber {
        private final boolean largest;
        private final Loop loop;
        private final OfNumber value;

        DoubleExtreme(boolean largest, Loop loop, OfNumber value) {
            this.largest = largest;
            this.loop = loop;
            this.value = value;
        }

        @Override
        double number(Frame frame) {
            double[] best = {Double.NaN};
            loop.run(frame, inner -> {
                double candidate = value.number(inner);
                if (!Double.isNaN(candidate)
                        && (Double.isNaN(best[0]) || (largest ? candidate > best[0] : candidate < best[0]))) {
                    best[0] = candidate;
                }
                return false;
            });
            return best[0];
        }
    }
}
