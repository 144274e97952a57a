package dev.pequel.pql.eval;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** The state of one thread's evaluation: the current profile and the current values of variables. */
final class Frame {

    /** Row of the current profile. */
    int profile;

    /** Rows of variables that stand for rows of a column, by slot; -1 for none. */
    final int[] rows;

    /** Values of all other variables, by slot. */
    final Object[] values;

    private final Rows[] buffers;
    /** Combinations between two looks at whether the evaluation is cancelled. */
    private static final int PATIENCE = 1 << 12;

    private final long maxCombinations;
    private final BooleanSupplier cancelled;
    private long combinations;

    /** @param cancelled asked from time to time where one profile may take long */
    Frame(int slots, int buffers, long maxCombinations, BooleanSupplier cancelled) {
        this.rows = new int[slots];
        this.values = new Object[slots];
        this.buffers = new Rows[buffers];
        for (int i = 0; i < buffers; i++) {
            this.buffers[i] = new Rows();
        }
        this.maxCombinations = maxCombinations;
        this.cancelled = cancelled;
    }

    void startProfile(int row) {
        profile = row;
        combinations = 0;
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

    void countCombination() {
        if (++combinations > maxCombinations) {
            throw new EvaluationLimitException(maxCombinations);
        }
        if (combinations % PATIENCE == 0 && cancelled.getAsBoolean()) {
            throw new CancellationException("The evaluation was cancelled.");
        }
    }
}
