package dev.pequel.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** How large the columns of a snapshot are while it is read: those of profiles and of events, each by a thread of its own. */
final class ReadingSize {

    /** Bytes of documents between two looks at the columns. */
    private static final int STEP = 1 << 20;

    private final int rows;
    private final ColumnReader.Growth growth;
    private final List<Half> halves = new ArrayList<>();

    /** @param rows number of rows to read */
    ReadingSize(int rows, ColumnReader.Growth growth) {
        this.rows = rows;
        this.growth = growth;
    }

    synchronized Half half() {
        Half half = new Half();
        halves.add(half);
        return half;
    }

    private synchronized void report(Half half, long bytes, int row) {
        half.bytes = bytes;
        half.expected = (long) ((double) bytes * rows / (row + 1));
        growth.grown(
                halves.stream().mapToLong(one -> one.bytes).sum(),
                halves.stream().mapToLong(one -> one.expected).sum());
    }

    /** For one thread. */
    final class Half {
        private long documentBytes;
        private long bytes;
        private long expected;

        /**
         * A document was added to the columns.
         *
         * @param columnBytes of the columns so far
         */
        void read(int row, int length, LongSupplier columnBytes) {
            documentBytes += length;
            if (documentBytes >= STEP) {
                documentBytes = 0;
                // The arrays of the builder are there until those of the columns are made of them.
                report(this, 2 * columnBytes.getAsLong(), row);
            }
        }
    }
}
