package dev.pequel.profile.importing.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a stream into lines that end with LF or CR LF. Blank lines are counted but not returned. Memory is one buffer
 * and one line; of a line that is too long, only the beginning is kept.
 */
public final class LineReader implements LineSource {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;
    private long bytesRead;

    public LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    @Override
    public long bytes() {
        return bytesRead - (limit - position);
    }

    @Override
    public long lines() {
        return number;
    }

    @Override
    public Optional<RawLine> next() throws IOException {
        while (true) {
            byte[] line = new byte[0];
            boolean tooLong = false;
            boolean ended = false;
            boolean any = false;
            while (!ended) {
                if (position == limit && !fill()) {
                    break;
                }
                any = true;
                int end = position;
                while (end < limit && buffer[end] != '\n') {
                    end++;
                }
                ended = end < limit;
                tooLong |= line.length + end - position > maxBytes;
                if (!tooLong) {
                    line = concat(line, position, end);
                }
                position = ended ? end + 1 : end;
            }
            if (!any) {
                return Optional.empty();
            }
            number++;
            if (tooLong) {
                return Optional.of(new RawLine(number, Optional.empty()));
            }
            byte[] text = stripped(line);
            if (!isBlank(text)) {
                return Optional.of(new RawLine(number, Optional.of(text)));
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        bytesRead += limit;
        return limit > 0;
    }

    private byte[] concat(byte[] start, int from, int to) {
        if (start.length == 0) {
            return Arrays.copyOfRange(buffer, from, to);
        }
        byte[] joined = Arrays.copyOf(start, start.length + to - from);
        System.arraycopy(buffer, from, joined, start.length, to - from);
        return joined;
    }

    private byte[] stripped(byte[] line) {
        int from = number == 1 && startsWithMark(line) ? BYTE_ORDER_MARK.length : 0;
        int to = line.length > from && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return from == 0 && to == line.length ? line : Arrays.copyOfRange(line, from, to);
    }

    private static boolean startsWithMark(byte[] line) {
        return line.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private static boolean isBlank(byte[] line) {
        for (byte c : line) {
            if (c != ' ' && c != '\t') {
                return false;
            }
        }
        return true;
    }
}
