package dev.pequel.pql.compile;

import dev.pequel.column.Snapshot;
import dev.pequel.pql.compile.Conditions.Condition;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Term;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * Many segments compiled for one snapshot and evaluated together. A condition that several of them share is evaluated
 * once for each profile. Not thread-safe: each thread compiles its own batch and evaluates a range of the rows.
 */
public final class SegmentBatch {

    /** Rows in one container of a bitmap. */
    private static final int CONTAINER = 1 << 16;

    private static final int BLOCKS = CONTAINER / Conditions.BLOCK;

    private final int profiles;
    private final Conditions conditions;
    private final ItemConditions items;
    private final List<Condition> segments;
    private final Frame frame;
    /** For each segment, a bit for every row of a container. */
    private final long[][] container;

    private SegmentBatch(
            int profiles, Conditions conditions, ItemConditions items, List<Condition> segments, Frame frame) {
        this.profiles = profiles;
        this.items = items;
        this.conditions = conditions;
        this.segments = segments;
        this.frame = frame;
        this.container = new long[segments.size()][BLOCKS * Conditions.WORDS];
    }

    /**
     * @param segments the segments' expressions, checked for {@link dev.pequel.pql.term.Purpose#SEGMENT}
     * @param now the value of {@code now} for all of them
     * @param memberships memberships in the audiences that they refer to
     */
    public static SegmentBatch compile(
            List<CheckedExpression> segments, Snapshot snapshot, Instant now, Memberships memberships) {
        return compile(segments, snapshot, now, memberships, () -> false);
    }

    /**
     * Like {@link #compile(List, Snapshot, Instant, Memberships)}, for an evaluation that can be cancelled.
     *
     * @param cancelled whether the evaluation is cancelled; checked often, so that the evaluation ends within a
     *     second
     * @throws CancellationException when the evaluation is cancelled
     */
    public static SegmentBatch compile(
            List<CheckedExpression> segments,
            Snapshot snapshot,
            Instant now,
            Memberships memberships,
            BooleanSupplier cancelled) {
        List<Term> terms = segments.stream().map(CheckedExpression::term).toList();
        ItemConditions items = ItemConditions.of(terms, Frame.ofConstants(cancelled)::look);
        Compiler compiler = new Compiler(snapshot, now, memberships, Optional.empty(), terms, items, cancelled);
        Conditions conditions = new Conditions(compiler);
        List<Condition> compiled = terms.stream().map(conditions::of).toList();
        return new SegmentBatch(snapshot.size(), conditions, items, compiled, compiler.newFrame(Evaluator.LIMITS));
    }

    /**
     * Evaluates all segments for the profiles in a range of rows.
     *
     * @param fromRow inclusive
     * @param toRow exclusive
     * @return the rows of the members of each segment, in the order of the segments
     * @throws EvaluationLimitException when an expression visits too many combinations of items for one profile, or
     *     makes too many items
     * @throws CancellationException when the evaluation is cancelled
     */
    public List<RoaringBitmap> evaluate(int fromRow, int toRow) {
        List<RoaringBitmap> members =
                Stream.generate(RoaringBitmap::new).limit(segments.size()).toList();
        int first = fromRow / CONTAINER * CONTAINER;
        for (long start = first; start < toRow; start += CONTAINER) {
            evaluateContainer((int) start, fromRow, toRow);
            for (int i = 0; i < container.length; i++) {
                append(members.get(i), (int) start, container[i]);
            }
        }
        return members;
    }

    private void evaluateContainer(int start, int fromRow, int toRow) {
        long[] mask = new long[Conditions.WORDS];
        long[] result = new long[Conditions.WORDS];
        for (int block = 0; block < BLOCKS; block++) {
            int firstRow = start + block * Conditions.BLOCK;
            boolean any = fill(mask, firstRow, fromRow, toRow);
            if (any) {
                conditions.startBlock(firstRow);
                items.startBlock(firstRow, Math.min(firstRow + Conditions.BLOCK, profiles));
            }
            for (int i = 0; i < container.length; i++) {
                if (any) {
                    // Combining shared conditions walks no items, so cancellation is checked here.
                    frame.look();
                    segments.get(i).evaluate(frame, mask, result);
                    System.arraycopy(result, 0, container[i], block * Conditions.WORDS, Conditions.WORDS);
                } else {
                    Arrays.fill(container[i], block * Conditions.WORDS, (block + 1) * Conditions.WORDS, 0);
                }
            }
        }
    }

    /** Sets the bits of the block's rows that are in the range; returns whether there are any. */
    private static boolean fill(long[] mask, int firstRow, int fromRow, int toRow) {
        Arrays.fill(mask, 0);
        int from = Math.max(fromRow - firstRow, 0);
        int to = Math.min(toRow - firstRow, Conditions.BLOCK);
        for (int bit = from; bit < to; bit++) {
            mask[bit >> 6] |= 1L << bit;
        }
        return from < to;
    }

    private static void append(RoaringBitmap members, int start, long[] words) {
        RoaringBitmap chunk = BitSetUtil.bitmapOf(words);
        if (!chunk.isEmpty()) {
            members.or(RoaringBitmap.addOffset(chunk, (long) start));
        }
    }
}
