package dev.pequel.benchmark.scale;

import dev.pequel.benchmark.Report;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Prints a message for every 200 MiB that are read from it. */
final class UploadProgressStream extends FilterInputStream {

    private static final long INTERVAL_BYTES = 200L << 20;

    private final String content;
    private long bytes;

    UploadProgressStream(InputStream in, String content) {
        super(in);
        this.content = content;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0 && bytes / INTERVAL_BYTES != (bytes + count) / INTERVAL_BYTES) {
            ProgressMessages.print("  %s of %s sent", Report.mebibytes(OptionalLong.of(bytes + count)), content);
        }
        bytes += Math.max(count, 0);
        return count;
    }
}
