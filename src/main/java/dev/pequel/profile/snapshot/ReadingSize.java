package dev.pequel.profile.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Tracks the size of the columns while a snapshot is read, by one thread for profiles and one for events. */
final class ReadingSize {

    /** Bytes of documents between two reports. */
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

    /** The size of the columns of one thread. */
    final class Half {
        private long documentBytes;
        private long bytes;
        private long expected;

        /**
         * Adds a document.
         *
         * @param columnBytes the current size of the columns
         */
        void read(int row, int length, LongSupplier columnBytes) {
            documentBytes += length;
            if (documentBytes >= STEP) {
                documentBytes = 0;
                // The builder's arrays and the columns made of them exist at the same time at the end.
                report(this, 2 * columnBytes.getAsLong(), row);
            }
        }
    }
}
