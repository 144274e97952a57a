package dev.pequel.http.request;

import dev.pequel.problem.BodyTooSlow;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * A body without a size limit but with a minimum rate, because a slow body occupies a thread. The rate is checked
 * over each period of {@link RequestSettings#bodyTimeout}; only time spent waiting for bytes counts.
 */
public final class PacedBody extends FilterInputStream {

    private final long stretchNanos;
    private final long leastBytes;
    private final RequestSettings settings;
    private final LongSupplier nanos;
    private long waitedNanos;
    private long bytes;

    public PacedBody(InputStream body, RequestSettings settings) {
        this(body, settings, System::nanoTime);
    }

    /** @param nanos a monotonic clock, in nanoseconds */
    PacedBody(InputStream body, RequestSettings settings, LongSupplier nanos) {
        super(body);
        this.settings = settings;
        this.nanos = nanos;
        stretchNanos = settings.bodyTimeout().toNanos();
        leastBytes =
                settings.minimumRate().asLongValue() * settings.bodyTimeout().toMillis() / 1000;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws BodyTooSlow when the rate of the last period was below the minimum */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long start = nanos.getAsLong();
        int read = in.read(buffer, offset, length);
        waitedNanos += nanos.getAsLong() - start;
        bytes += Math.max(read, 0);
        if (read >= 0 && waitedNanos >= stretchNanos) {
            requirePace();
            waitedNanos = 0;
            bytes = 0;
        }
        return read;
    }

    private void requirePace() {
        if (bytes < leastBytes) {
            throw new BodyTooSlow("Only " + bytes + " bytes of the body arrived in " + waitedNanos / 1_000_000_000
                    + " seconds; at least " + settings.minimumRate().asLongValue() + " a second are expected.");
        }
    }
}
