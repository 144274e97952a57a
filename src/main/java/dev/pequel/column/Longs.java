package dev.pequel.column;

import java.util.Arrays;
import java.util.Optional;

/** A column of whole numbers, one for each row, in the narrowest sufficient type. */
public abstract sealed class Longs {

    /** Marks a missing value. The number itself is stored as a double. */
    public static final long MISSING = Long.MIN_VALUE;

    private final long min;
    private final long max;

    private Longs(long min, long max) {
        this.min = min;
        this.max = max;
    }

    abstract long get(int row);

    /**
     * Sets the bit of each row in a range of rows whose number is in an interval; bit 0 is the first row's.
     *
     * @param firstRow inclusive
     * @param endRow exclusive
     * @param from inclusive; not {@link #MISSING}
     * @param to exclusive
     */
    void addRowsInRange(int firstRow, int endRow, long from, long to, long[] bits) {
        for (int row = firstRow; row < endRow; row++) {
            long value = get(row);
            if (value >= from && value < to) {
                bits[row - firstRow >> 6] |= 1L << row - firstRow;
            }
        }
    }

    abstract long bytes();

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    static Longs of(Bits present, long[] values, int size) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        int count = present.count();
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        long range = max - min;
        if (range >= 0 && range < Integer.MAX_VALUE - 1) {
            int[] codes = new int[count];
            for (int i = 0; i < count; i++) {
                codes[i] = (int) (values[i] - min);
            }
            return new Coded(min, max, Codes.of(present, codes, size));
        }
        if (count < size / 2) {
            return new Wide(min, max, Optional.of(present), Arrays.copyOf(values, count));
        }
        long[] stored = new long[size];
        for (int row = 0; row < size; row++) {
            int rank = present.rank(row);
            stored[row] = rank < 0 ? MISSING : values[rank];
        }
        return new Wide(min, max, Optional.empty(), stored);
    }

    private static final class Coded extends Longs {
        private final Codes codes;
        private final long base;

        Coded(long min, long max, Codes codes) {
            super(min, max);
            this.base = min;
            this.codes = codes;
        }

        @Override
        long get(int row) {
            int code = codes.get(row);
            return code < 0 ? MISSING : base + code;
        }

        @Override
        long bytes() {
            return codes.bytes();
        }
    }

    /** One class for both forms, because calls are fastest with at most two subclasses. */
    private static final class Wide extends Longs {
        /** The rows that have a number, if most rows have none; otherwise {@link #stored} has a number for each row. */
        private final Bits present;

        private final boolean isSparse;
        private final long[] stored;

        Wide(long min, long max, Optional<Bits> present, long[] stored) {
            super(min, max);
            this.present = present.orElse(null);
            this.isSparse = present.isPresent();
            this.stored = stored;
        }

        @Override
        long get(int row) {
            if (isSparse) {
                int rank = present.rank(row);
                return rank < 0 ? MISSING : stored[rank];
            }
            return stored[row];
        }

        /** Does the same without a call for each row. */
        @Override
        void addRowsInRange(int firstRow, int endRow, long from, long to, long[] bits) {
            if (isSparse) {
                super.addRowsInRange(firstRow, endRow, from, to, bits);
                return;
            }
            for (int start = firstRow; start < endRow; start += Long.SIZE) {
                int end = Math.min(start + Long.SIZE, endRow);
                long word = 0;
                for (int row = start; row < end; row++) {
                    long value = stored[row];
                    word |= (value >= from && value < to ? 1L : 0L) << row - start;
                }
                bits[start - firstRow >> 6] |= word;
            }
        }

        @Override
        long bytes() {
            return 8L * stored.length + (isSparse ? present.bytes() : 0);
        }
    }
}
