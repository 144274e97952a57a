package dev.pequel.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes of a file, and fails when the files of the job exceed their maximum size. */
final class MeasuredOutput extends FilterOutputStream {

    private final Budget budget;
    private long size;

    /** The number of bytes that all files of a job may have together. */
    static final class Budget {
        private final long limit;
        private long used;

        Budget(long limit) {
            this.limit = limit;
        }

        private void use(int bytes) throws IOException {
            used += bytes;
            if (used > limit) {
                throw new TooLarge(limit);
            }
        }
    }

    MeasuredOutput(OutputStream out, Budget budget) {
        super(out);
        this.budget = budget;
    }

    @Override
    public void write(int one) throws IOException {
        budget.use(1);
        out.write(one);
        size++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        budget.use(length);
        out.write(bytes, from, length);
        size += length;
    }

    long size() {
        return size;
    }
}
