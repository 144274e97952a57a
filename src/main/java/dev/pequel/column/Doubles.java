package dev.pequel.column;

import java.util.Arrays;

/** A column of fractional numbers, one for each row; NaN for a missing value. */
abstract sealed class Doubles {

    abstract double get(int row);

    abstract long bytes();

    static Doubles of(Bits present, double[] values, int size) {
        if (present.count() < size / 2) {
            return new Sparse(present, Arrays.copyOf(values, present.count()));
        }
        double[] stored = new double[size];
        for (int row = 0; row < size; row++) {
            int rank = present.rank(row);
            stored[row] = rank < 0 ? Double.NaN : values[rank];
        }
        return new Dense(stored);
    }

    private static final class Dense extends Doubles {
        private final double[] stored;

        Dense(double[] stored) {
            this.stored = stored;
        }

        @Override
        double get(int row) {
            return stored[row];
        }

        @Override
        long bytes() {
            return 8L * stored.length;
        }
    }

    private static final class Sparse extends Doubles {
        private final Bits present;
        private final double[] compact;

        Sparse(Bits present, double[] compact) {
            this.present = present;
            this.compact = compact;
        }

        @Override
        double get(int row) {
            int rank = present.rank(row);
            return rank < 0 ? Double.NaN : compact[rank];
        }

        @Override
        long bytes() {
            return present.bytes() + 8L * compact.length;
        }
    }
}
