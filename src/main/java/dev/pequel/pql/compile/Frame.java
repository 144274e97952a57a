package dev.pequel.pql.compile;

import dev.pequel.column.Dictionary;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The state of one thread's evaluation: the current profile, the values of variables, and the consumption of the
 * profile's limits.
 *
 * <p>A list is counted as a whole when it is walked, not item by item. {@code EvaluationBenchmark} shows the cost of
 * counting each item, and nested walks add up all the same.
 */
final class Frame {

    /** Items between two checks for cancellation. */
    static final int PATIENCE = 1 << 12;

    /** Characters of strings that count as one item, as a power of two. They count because strings may be long. */
    static final int CHARACTERS = 5;

    /** Row of the current profile. */
    int profile;

    /** Rows of variables bound to rows of a column, by slot; -1 for a missing row. */
    final int[] rows;

    /** Values of all other variables, by slot. */
    final Object[] values;

    private final Rows[] buffers;
    private final Limits limits;
    private final BooleanSupplier cancelled;
    /** Items walked and profiles passed since the frame was made. */
    private long walked;
    /** The value of {@link #walked} at which the current profile's limit is reached. */
    private long end;
    /** The value of {@link #walked} at which cancellation is checked next. */
    private long nextLook = PATIENCE;
    /** The smaller of {@link #end} and {@link #nextLook}, or less. */
    private long nextStop;

    private int held;

    /**
     * The limits of one profile.
     *
     * @param walked the maximum number of items walked, one by one or as combinations
     * @param held the maximum number of items in memory at a time, of lists that the expression makes
     * @param releases whether items of a list are released once a condition or a number was computed from it; false
     *     when an observer keeps observed values
     */
    record Limits(long walked, int held, boolean releases) {}

    /** @param cancelled checked from time to time, because a single profile may take long */
    Frame(int slots, int buffers, Limits limits, BooleanSupplier cancelled) {
        this.rows = new int[slots];
        this.values = new Object[slots];
        this.buffers = new Rows[buffers];
        for (int i = 0; i < buffers; i++) {
            this.buffers[i] = new Rows();
        }
        this.limits = limits;
        this.cancelled = cancelled;
        this.end = limits.walked();
    }

    /** Returns a frame without variables, for values that are computed before there is a profile. */
    static Frame ofConstants() {
        return ofConstants(() -> false);
    }

    /** Returns a frame like {@link #ofConstants()}, for computations that may take long. */
    static Frame ofConstants(BooleanSupplier cancelled) {
        return new Frame(0, 0, Evaluator.LIMITS, cancelled);
    }

    void startProfile(int row) {
        profile = row;
        held = 0;
        startLimit();
    }

    /**
     * Counts profiles that are evaluated together, each with a limit of its own.
     *
     * @throws CancellationException when the evaluation is cancelled
     */
    void pass(int profiles) {
        startLimit();
        walk(profiles);
    }

    /** Starts the limit of one profile anew. */
    void startLimit() {
        end = walked + limits.walked();
    }

    /** Returns the number of items that may still be walked, for {@link #continueWith}. */
    long left() {
        return end - walked;
    }

    /** Restores the rest of the limit that was left before {@link #startLimit}. */
    void continueWith(long left) {
        end = walked + left;
        nextStop = Math.min(nextStop, end);
    }

    /** Returns the buffer with this number, emptied. Each consumer of rows has its own. */
    Rows buffer(int index) {
        Rows rows = buffers[index];
        rows.size = 0;
        return rows;
    }

    /** Returns the buffer with this number, with its content. */
    Rows filledBuffer(int index) {
        return buffers[index];
    }

    /**
     * Counts items as read.
     *
     * @throws EvaluationLimitException when one profile has read too many
     * @throws CancellationException when the evaluation is cancelled
     */
    void walk(long items) {
        walked += items;
        if (walked > nextStop) {
            stop();
        }
    }

    /**
     * Counts characters of strings as read, each time that they are read.
     *
     * @throws EvaluationLimitException when one profile has read too many
     * @throws CancellationException when the evaluation is cancelled
     */
    void read(long characters) {
        walk(characters >> CHARACTERS);
    }

    /** Decodes a string of a dictionary and counts its characters as read. */
    String text(Dictionary dictionary, int code) {
        String text = dictionary.text(code);
        read(text.length());
        return text;
    }

    /**
     * Checks for cancellation from time to time, by the index or row of an item of a list that was walked as a whole.
     * For loops whose body may walk nothing.
     *
     * @throws CancellationException when the evaluation is cancelled
     */
    void item(int index) {
        if ((index & (PATIENCE - 1)) == PATIENCE - 1) {
            look();
        }
    }

    /** @throws CancellationException when the evaluation is cancelled */
    void look() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("The evaluation was cancelled.");
        }
        nextLook = walked + PATIENCE;
    }

    private void stop() {
        if (walked > end) {
            throw EvaluationLimitException.combinations(limits.walked());
        }
        if (walked >= nextLook) {
            look();
        }
        nextStop = Math.min(end, nextLook);
    }

    /**
     * Counts new items of a list, or of anything else that takes memory.
     *
     * @throws EvaluationLimitException when too many are in memory
     */
    void make(int items) {
        walk(items);
        requireRoom(items);
        held += items;
    }

    /** @throws EvaluationLimitException when this many more items would exceed the limit of items in memory */
    void requireRoom(int items) {
        if (items > limits.held() - held) {
            throw EvaluationLimitException.items(limits.held());
        }
    }

    /** Returns the number of items in memory, for {@link #release}. */
    int held() {
        return held;
    }

    /** Releases the items made since {@link #held} returned the argument. */
    void release(int before) {
        if (limits.releases()) {
            held = before;
        }
    }
}
