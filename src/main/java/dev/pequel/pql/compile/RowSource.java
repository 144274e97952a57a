package dev.pequel.pql.compile;

/** Where a row number comes from; -1 means that there is none. */
abstract class RowSource {

    abstract int row(Frame frame);

    /** The current profile. */
    static final RowSource PROFILE = new RowSource() {
        @Override
        int row(Frame frame) {
            return frame.profile;
        }
    };

    /** Data that is the same for all profiles. */
    static final RowSource FIRST = new RowSource() {
        @Override
        int row(Frame frame) {
            return 0;
        }
    };

    /** The value of a variable that stands for a row. */
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
