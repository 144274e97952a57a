package dev.pequel.pql.compile;

import dev.pequel.column.Dictionary;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The state of one thread's evaluation: the current profile, the current values of variables, and what of the profile's limits is
 * used up.
 *
 * <p>Lists are counted as a whole when they are walked, not item by item: the benchmark {@code EvaluationBenchmark} shows what a
 * look at each item would cost, and walks within walks add up all the same.
 */
final class Frame {

    /** Items between two looks at whether the evaluation is cancelled. */
    static final int PATIENCE = 1 << 12;

    /** Characters of strings that count as one item, as a power of two: strings may be long. */
    static final int CHARACTERS = 5;

    /** Row of the current profile. */
    int profile;

    /** Rows of variables that stand for rows of a column, by slot; -1 for none. */
    final int[] rows;

    /** Values of all other variables, by slot. */
    final Object[] values;

    private final Rows[] buffers;
    private final Limits limits;
    private final BooleanSupplier cancelled;
    /** Items that were walked since the frame was made, and profiles that were passed. */
    private long walked;
    /** Where the current profile's limit is. */
    private long end;
    /** Where the evaluation is next asked whether it is cancelled. */
    private long nextLook = PATIENCE;
    /** The nearer one of the two, or nearer still. */
    private long nextStop;

    private int held;

    /**
     * What one profile may take.
     *
     * @param walked items that are walked, one by one or as combinations
     * @param held items of lists that the expression made and that are in memory at a time
     * @param releases whether the items of a list that was made are given up once a condition or a number came out of it;
     *     not so when somebody keeps what he observes
     */
    record Limits(long walked, int held, boolean releases) {}

    /** @param cancelled asked from time to time, because one profile may take long */
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

    /** For what is computed before there is a profile: it has no variables. */
    static Frame ofConstants() {
        return ofConstants(() -> false);
    }

    /** For what is computed before there is a profile, and takes long. */
    static Frame ofConstants(BooleanSupplier cancelled) {
        return new Frame(0, 0, Evaluator.LIMITS, cancelled);
    }

    void startProfile(int row) {
        profile = row;
        held = 0;
        startLimit();
    }

    /**
     * So many profiles follow, each with a limit of its own.
     *
     * @throws CancellationException when the evaluation is given up
     */
    void pass(int profiles) {
        startLimit();
        walk(profiles);
    }

    /** From here on as much may be walked as for one profile. */
    void startLimit() {
        end = walked + limits.walked();
    }

    /** How much may still be walked, for {@link #continueWith}. */
    long left() {
        return end - walked;
    }

    /** Goes on with what was left before {@link #startLimit}. */
    void continueWith(long left) {
        end = walked + left;
        nextStop = Math.min(nextStop, end);
    }

    /** The emptied buffer with this number; each consumer of rows has one of its own. */
    Rows buffer(int index) {
        Rows rows = buffers[index];
        rows.size = 0;
        return rows;
    }

    /** The buffer with this number as it was left. */
    Rows filledBuffer(int index) {
        return buffers[index];
    }

    /**
     * So many items are looked at.
     *
     * @throws EvaluationLimitException when those are too many for one profile
     * @throws CancellationException when the evaluation is given up
     */
    void walk(long items) {
        walked += items;
        if (walked > nextStop) {
            stop();
        }
    }

    /**
     * So many characters of strings are looked at, those that are looked at again included.
     *
     * @throws EvaluationLimitException when those are too many for one profile
     * @throws CancellationException when the evaluation is given up
     */
    void read(long characters) {
        walk(characters >> CHARACTERS);
    }

    /** A string of a dictionary, which is decoded now. */
    String text(Dictionary dictionary, int code) {
        String text = dictionary.text(code);
        read(text.length());
        return text;
    }

    /**
     * Comes to an item, by its index or row, of a list that was walked as a whole. What is done with each item need not walk.
     *
     * @throws CancellationException when the evaluation is given up
     */
    void item(int index) {
        if ((index & (PATIENCE - 1)) == PATIENCE - 1) {
            look();
        }
    }

    /** @throws CancellationException when the evaluation is given up */
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
     * So many items become those of a list, or of anything else that takes memory.
     *
     * @throws EvaluationLimitException when too many are in memory
     */
    void make(int items) {
        walk(items);
        requireRoom(items);
        held += items;
    }

    /** @throws EvaluationLimitException when there is no room for so many more items in memory */
    void requireRoom(int items) {
        if (items > limits.held() - held) {
            throw EvaluationLimitException.items(limits.held());
        }
    }

    /** Items in memory, for {@link #release}. */
    int held() {
        return held;
    }

    /** What was made since is needed no more. */
    void release(int before) {
        if (limits.releases()) {
            held = before;
        }
    }
}
