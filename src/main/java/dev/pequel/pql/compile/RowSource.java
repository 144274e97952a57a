package dev.pequel.pql.compile;

/** Provides a row number; -1 for a missing row. */
abstract class RowSource {

    abstract int row(Frame frame);

    /** The current profile. */
    static final RowSource PROFILE = new RowSource() {
        @Override
        int row(Frame frame) {
            return frame.profile;
        }
    };

    /** The first row, for data that is the same for all profiles. */
    static final RowSource FIRST = new RowSource() {
        @Override
        int row(Frame frame) {
            return 0;
        }
    };

    /** The row that a variable is bound to. */
    static final class Variable extends RowSource {
        private final int slot;

        Variable(int slot) {
            this.slot = slot;
        }

        int slot() {
            return slot;
        }

        @Override
        int row(Frame frame) {
            return frame.rows[slot];
        }
    }
}
