package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.TermKey;
import dev.pequel.pql.term.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions on the items of a profile's lists, such as its events, that several segments share. Each is evaluated
 * once for every item of a block of profiles, with a bit for each. Segments combine the bits 64 at a time.
 *
 * <p>Reason, from the job with 1,000 audiences of {@code ScaleBenchmark}: their conditions on events are combinations
 * of a few hundred different ones.
 */
final class ItemConditions {

    /**
     * A condition on the items of a list of the profile. Equal terms mean the same in every position. Comparable for
     * the reason given in {@link TermKey}.
     */
    private record Key(Term list, int slot, Term condition) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Set<Key> shared;
    private final Map<Key, Leaf> leaves = new HashMap<>();
    private final List<Bits> all = new ArrayList<>();

    private ItemConditions(Set<Key> shared) {
        this.shared = shared;
    }

    /** For a single expression, which shares nothing. */
    static ItemConditions none() {
        return new ItemConditions(Set.of());
    }

    /**
     * Finds the conditions that several terms share.
     *
     * @param look called for each term; ends the search by an exception
     */
    static ItemConditions of(List<Term> terms, Runnable look) {
        Set<Key> seen = new HashSet<>();
        Set<Key> shared = new HashSet<>();
        for (Term term : terms) {
            look.run();
            Set<Key> keys = new HashSet<>();
            collect(term, keys);
            keys.stream().filter(key -> !seen.add(key)).forEach(shared::add);
        }
        return new ItemConditions(shared);
    }

    private static void collect(Term term, Set<Key> keys) {
        switch (term) {
            case Term.Filter filter -> add(filter.list(), filter.slot(), filter.condition(), keys);
            case Term.Chain chain ->
                chain.links().forEach(link -> add(chain.list(), chain.slot(), link.condition(), keys));
            case Term.Select select -> add(select.generators(), keys);
            case Term.Exists exists -> add(exists.generators(), keys);
            case Term.ForAll forAll -> add(forAll.generators(), keys);
            case Term.Aggregation aggregation -> add(aggregation.generators(), keys);
            default -> {}
        }
        Terms.children(term).forEach(child -> collect(child, keys));
    }

    private static void add(List<Term.Generator> generators, Set<Key> keys) {
        for (Term.Generator generator : generators) {
            generator.condition().ifPresent(condition -> add(generator.range(), generator.slot(), condition, keys));
        }
    }

    private static void add(Term list, int slot, Term condition, Set<Key> keys) {
        if (isListOfProfile(list)) {
            conjuncts(condition).stream()
                    .filter(conjunct -> isAboutItem(conjunct, slot))
                    .forEach(conjunct -> keys.add(new Key(list, slot, conjunct)));
        }
    }

    private static boolean isListOfProfile(Term list) {
        return list instanceof Term.Field(Term.Input(int position), String name) && position == 1;
    }

    private static List<Term> conjuncts(Term condition) {
        return condition instanceof Term.And and ? and.operands() : List.of(condition);
    }

    /** Whether the condition depends only on the item and the evaluation time. */
    private static boolean isAboutItem(Term term, int slot) {
        return switch (term) {
            case Term.Variable variable -> variable.slot() >= slot;
            case Term.Input input -> false;
            case Term.InSegment segment -> false;
            case Term.MembershipStatus status -> false;
            case Term.Constant constant -> true;
            default -> Terms.children(term).stream().allMatch(child -> isAboutItem(child, slot));
        };
    }

    /**
     * A condition split into shared parts, as bits, and the rest.
     *
     * @param rest the other parts; empty when all parts are shared
     */
    record Split(Bits bits, Optional<Term> rest) {}

    /**
     * Splits a condition on the items of a list. Returns empty when it shares no part with other segments.
     *
     * @param elements the compiled list
     * @param compiler compiles the parts; the variable is already bound
     */
    Optional<Split> split(Term list, CompiledColumns.Elements elements, int slot, Term condition, Compiler compiler) {
        List<Leaf> bits = new ArrayList<>();
        List<Term> rest = new ArrayList<>();
        for (Term conjunct : conjuncts(condition)) {
            Key key = new Key(list, slot, conjunct);
            if (shared.contains(key)) {
                Leaf leaf = leaves.get(key);
                if (leaf == null) {
                    leaf = new Leaf(elements.part(), slot, compiler.operand(conjunct));
                    leaves.put(key, leaf);
                    all.add(leaf);
                }
                bits.add(leaf);
            } else {
                rest.add(conjunct);
            }
        }
        if (bits.isEmpty()) {
            return Optional.empty();
        }
        Bits together = bits.size() == 1 ? bits.getFirst() : new Together(elements.part(), bits);
        if (bits.size() > 1) {
            all.add(together);
        }
        return Optional.of(new Split(
                together,
                rest.isEmpty()
                        ? Optional.empty()
                        : Optional.of(rest.size() == 1 ? rest.getFirst() : new Term.And(rest))));
    }

    /** Clears the bits of the previous block. */
    void startBlock(int firstRow, int endRow) {
        all.forEach(bits -> bits.startBlock(firstRow, endRow));
    }

    /** For each item of a block of profiles, whether it satisfies a condition. */
    abstract static class Bits {
        private final Column.ListPart list;
        private long[] words = {};
        private boolean isComputed;
        private int first;
        private int end;

        private Bits(Column.ListPart list) {
            this.list = list;
        }

        private void startBlock(int firstRow, int endRow) {
            isComputed = false;
            first = list.start(firstRow);
            end = list.end(endRow - 1);
        }

        abstract void compute(Frame frame, int first, int end, long[] words);

        final long[] words(Frame frame) {
            if (!isComputed) {
                int length = (end - first + 63) >> 6;
                if (words.length < length) {
                    words = new long[length + length / 2];
                }
                compute(frame, first, end, words);
                isComputed = true;
            }
            return words;
        }

        /** Whether the item in this row satisfies the condition. */
        final boolean get(Frame frame, int row) {
            int at = row - first;
            return (words(frame)[at >> 6] & (1L << at)) != 0;
        }

        /** Returns the number of items in a range of rows that satisfy the condition. */
        final int count(Frame frame, int from, int to) {
            long[] bits = words(frame);
            frame.walk(wordsOf(to - from));
            int count = 0;
            for (int at = from - first; at < to - first; at = (at | 63) + 1) {
                count += Long.bitCount(word(bits, at, to - first));
            }
            return count;
        }

        final void collect(Frame frame, int from, int to, Rows into) {
            long[] bits = words(frame);
            int before = into.size;
            for (int at = from - first; at < to - first; at = (at | 63) + 1) {
                for (long rest = word(bits, at, to - first); rest != 0; rest &= rest - 1) {
                    into.add(first + (at & ~63) + Long.numberOfTrailingZeros(rest));
                }
            }
            frame.walk(wordsOf(to - from) + into.size - before);
        }

        /** Returns the number of words for a number of items. */
        private static int wordsOf(int items) {
            return (items + 63) >> 6;
        }

        /** Returns the word at a position, with the bits before the position and from the end on cleared. */
        private static long word(long[] bits, int at, int end) {
            long word = bits[at >> 6] & (-1L << at);
            int over = (at | 63) + 1 - end;
            return over > 0 ? word & (-1L >>> over) : word;
        }
    }

    private static final class Leaf extends Bits {
        private final int slot;
        private final CompiledExpression code;

        Leaf(Column.ListPart list, int slot, CompiledExpression code) {
            super(list);
            this.slot = slot;
            this.code = code;
        }

        @Override
        void compute(Frame frame, int first, int end, long[] words) {
            Arrays.fill(words, 0);
            if (code instanceof TimeWindows.InRange range && range.isOfItem(slot)) {
                range.addRows(first, end, words);
                return;
            }
            // The calling loop may use the same variable and have a limit of its own, but these items belong to many
            // profiles.
            int current = frame.rows[slot];
            long left = frame.left();
            for (int row = first; row < end; row++) {
                frame.startLimit();
                frame.walk(1);
                frame.rows[slot] = row;
                if (code.test(frame)) {
                    int at = row - first;
                    words[at >> 6] |= 1L << at;
                }
            }
            frame.rows[slot] = current;
            frame.continueWith(left);
        }
    }

    private static final class Together extends Bits {
        private final List<Leaf> parts;

        Together(Column.ListPart list, List<Leaf> parts) {
            super(list);
            this.parts = parts;
        }

        @Override
        void compute(Frame frame, int first, int end, long[] words) {
            int length = (end - first + 63) >> 6;
            System.arraycopy(parts.getFirst().words(frame), 0, words, 0, length);
            for (Leaf part : parts.subList(1, parts.size())) {
                long[] other = part.words(frame);
                for (int word = 0; word < length; word++) {
                    words[word] &= other[word];
                }
            }
        }
    }

    /** The items of a profile's list that satisfy a condition. */
    static final class MatchingRows extends CompiledExpression.OfRows {
        private final CompiledColumns.Elements elements;
        private final Bits bits;

        MatchingRows(CompiledColumns.Elements elements, Bits bits) {
            super(elements.column, false);
            this.elements = elements;
            this.bits = bits;
        }

        @Override
        void collect(Frame frame, Rows into) {
            bits.collect(
                    frame, elements.part().start(frame.profile), elements.part().end(frame.profile), into);
        }

        int count(Frame frame) {
            return bits.count(
                    frame, elements.part().start(frame.profile), elements.part().end(frame.profile));
        }

        @Override
        boolean test(Frame frame) {
            return count(frame) > 0;
        }

        /** A missing list is filtered like an empty one (P19). */
        @Override
        boolean isPresent(Frame frame) {
            return true;
        }
    }

    /** Whether the item that a variable is bound to satisfies a condition. */
    static CompiledExpression test(Bits bits, int slot) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return bits.get(frame, frame.rows[slot]);
            }
        };
    }
}
