package dev.pequel.profile.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The distinct strings of a column, as UTF-8 in one array; a string's code is its position. */
public final class Dictionary {

    /** Strings that are read as timestamps between two looks. */
    private static final int READ_AT_ONCE = 1 << 12;

    private final byte[] pool;
    private final int[] ends;
    /** Read when they are first asked for. Threads that ask at the same time read the same. */
    private volatile long[] micros = {};

    private Dictionary(byte[] pool, int[] ends) {
        this.pool = pool;
        this.ends = ends;
    }

    /** Number of strings; codes are 0 to one less. */
    public int size() {
        return ends.length;
    }

    public String text(int code) {
        int start = start(code);
        return new String(pool, start, ends[code] - start, StandardCharsets.UTF_8);
    }

    /** Length of the string in bytes of UTF-8. */
    public int length(int code) {
        return ends[code] - start(code);
    }

    /**
     * The string read as a timestamp: epoch microseconds, or {@link IsoTime#MISSING}. The first call reads all strings.
     *
     * @param look called from time to time while they are read; ends that by an exception
     */
    public long micros(int code, Runnable look) {
        if (micros.length < ends.length) {
            micros = readMicros(look);
        }
        return micros[code];
    }

    private long[] readMicros(Runnable look) {
        long[] read = new long[ends.length];
        for (int i = 0; i < read.length; i++) {
            if (i % READ_AT_ONCE == 0) {
                look.run();
            }
            // Longer strings are no timestamps.
            read[i] = length(i) > IsoTime.LONGEST
                    ? IsoTime.MISSING
                    : IsoTime.parse(text(i)).orElse(IsoTime.MISSING);
        }
        return read;
    }

    /** The code of the string, or -1 when it is not there. Looks at all strings. */
    public int find(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        for (int code = 0; code < ends.length; code++) {
            if (is(code, wanted)) {
                return code;
            }
        }
        return -1;
    }

    /** Whether the string is this one, in UTF-8. */
    boolean is(int code, byte[] wanted) {
        int start = start(code);
        return ends[code] - start == wanted.length && Arrays.equals(pool, start, ends[code], wanted, 0, wanted.length);
    }

    /** Compares two strings, of this and another dictionary, in the order of their code points (P22). */
    public int compare(int code, Dictionary other, int otherCode) {
        // The order of UTF-8 bytes is the order of code points.
        return Arrays.compareUnsigned(
                pool, start(code), ends[code], other.pool, other.start(otherCode), other.ends[otherCode]);
    }

    /** Whether two strings, of this and another dictionary, are the same. */
    public boolean same(int code, Dictionary other, int otherCode) {
        return Arrays.equals(pool, start(code), ends[code], other.pool, other.start(otherCode), other.ends[otherCode]);
    }

    private int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    long bytes() {
        return pool.length + 4L * ends.length + 8L * micros.length;
    }

    /** Gives each distinct string a code, in order of first appearance. */
    static final class Builder {
        private byte[] pool = new byte[64];
        private int[] ends = new int[16];
        private int[] table = new int[32];
        private int size;

        int add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int mask = table.length - 1;
            int slot = spread(hash(bytes)) & mask;
            while (table[slot] != 0) {
                int code = table[slot] - 1;
                int start = code == 0 ? 0 : ends[code - 1];
                if (Arrays.equals(pool, start, ends[code], bytes, 0, bytes.length)) {
                    return code;
                }
                slot = (slot + 1) & mask;
            }
            append(bytes);
            table[slot] = size;
            if (size * 2 > table.length) {
                rehash();
            }
            return size - 1;
        }

        int size() {
            return size;
        }

        long bytes() {
            return pool.length + 4L * ends.length + 4L * table.length;
        }

        private void append(byte[] bytes) {
            int start = size == 0 ? 0 : ends[size - 1];
            if (start + bytes.length < 0) {
                throw new IllegalStateException("the distinct strings of one column exceed 2 GiB");
            }
            if (start + bytes.length > pool.length) {
                long wanted = Math.max(start + (long) bytes.length, pool.length * 3L / 2);
                pool = Arrays.copyOf(pool, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
            }
            System.arraycopy(bytes, 0, pool, start, bytes.length);
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, size * 2);
            }
            ends[size++] = start + bytes.length;
        }

        private void rehash() {
            table = new int[table.length * 2];
            int mask = table.length - 1;
            for (int code = 0; code < size; code++) {
                int start = code == 0 ? 0 : ends[code - 1];
                int slot = spread(hash(pool, start, ends[code])) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = code + 1;
            }
        }

        private static int hash(byte[] bytes) {
            return hash(bytes, 0, bytes.length);
        }

        private static int hash(byte[] bytes, int from, int to) {
            int hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash;
        }

        private static int spread(int hash) {
            int mixed = hash * 0x9E3779B9;
            return mixed ^ (mixed >>> 15);
        }

        Dictionary build() {
            return new Dictionary(Arrays.copyOf(pool, size == 0 ? 0 : ends[size - 1]), Arrays.copyOf(ends, size));
        }
    }
}
