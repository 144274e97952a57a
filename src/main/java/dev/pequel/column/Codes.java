package dev.pequel.column;

/** A column of small numbers, one for each row, in the narrowest sufficient type. */
abstract sealed class Codes {

    static final int MISSING = -1;

    /** Returns the code of the row, at least 0, or {@link #MISSING}. */
    abstract int get(int row);

    abstract long bytes();

    /**
     * @param present the rows that have a code
     * @param values the codes of these rows, in order
     * @param size number of rows
     */
    static Codes of(Bits present, int[] values, int size) {
        int max = 0;
        for (int i = 0; i < present.count(); i++) {
            max = Math.max(max, values[i]);
        }
        boolean sparse = present.count() < size / 2;
        int length = sparse ? present.count() : size;
        Codes codes;
        // A stored 0 means missing, so a code is stored as its successor.
        if (max < 0xFF) {
            byte[] stored = new byte[length];
            spread(present, sparse, length, (at, i) -> stored[at] = (byte) (values[i] + 1));
            codes = new Bytes(stored);
        } else if (max < 0xFFFF) {
            short[] stored = new short[length];
            spread(present, sparse, length, (at, i) -> stored[at] = (short) (values[i] + 1));
            codes = new Shorts(stored);
        } else {
            int[] stored = new int[length];
            spread(present, sparse, length, (at, i) -> stored[at] = values[i] + 1);
            codes = new Ints(stored);
        }
        return sparse ? new Sparse(present, codes) : codes;
    }

    private interface Store {
        void put(int at, int value);
    }

    private static void spread(Bits present, boolean sparse, int length, Store store) {
        for (int at = 0; at < length; at++) {
            int value = sparse ? at : present.rank(at);
            if (value >= 0) {
                store.put(at, value);
            }
        }
    }

    private static final class Bytes extends Codes {
        private final byte[] stored;

        Bytes(byte[] stored) {
            this.stored = stored;
        }

        @Override
        int get(int row) {
            return (stored[row] & 0xFF) - 1;
        }

        @Override
        long bytes() {
            return stored.length;
        }
    }

    private static final class Shorts extends Codes {
        private final short[] stored;

        Shorts(short[] stored) {
            this.stored = stored;
        }

        @Override
        int get(int row) {
            return (stored[row] & 0xFFFF) - 1;
        }

        @Override
        long bytes() {
            return 2L * stored.length;
        }
    }

    private static final class Ints extends Codes {
        private final int[] stored;

        Ints(int[] stored) {
            this.stored = stored;
        }

        @Override
        int get(int row) {
            return stored[row] - 1;
        }

        @Override
        long bytes() {
            return 4L * stored.length;
        }
    }

    /** Codes of a column in which most rows have no value. */
    private static final class Sparse extends Codes {
        private final Bits present;
        private final Codes compact;

        Sparse(Bits present, Codes compact) {
            this.present = present;
            this.compact = compact;
        }

        @Override
        int get(int row) {
            int rank = present.rank(row);
            return rank < 0 ? MISSING : compact.get(rank);
        }

        @Override
        long bytes() {
            return present.bytes() + compact.bytes();
        }
    }
}
