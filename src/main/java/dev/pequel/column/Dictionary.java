package dev.pequel.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The distinct strings of a column, stored as UTF-8 in one array. A string's code is its position. */
public final class Dictionary {

    /** Number of strings read as timestamps between two checks for cancellation. */
    private static final int READ_AT_ONCE = 1 << 12;

    private final byte[] pool;
    private final int[] ends;
    private final Optional<Index> index;
    /** Computed on first use. Threads that compute it at the same time get equal results. */
    private volatile long[] micros = {};

    private Dictionary(byte[] pool, int[] ends, Optional<Index> index) {
        this.pool = pool;
        this.ends = ends;
        this.index = index;
    }

    /**
     * A hash table from strings to their codes.
     *
     * @param table codes plus one, 0 for a free slot; at most half of the slots are occupied, and their number is a
     *     power of two
     */
    private record Index(int[] table, StringHash hash) {

        /** Returns the slot at which the search for a string begins. */
        int slot(byte[] bytes, int from, int to) {
            return hash.of(bytes, from, to) >>> Integer.numberOfLeadingZeros(table.length - 1);
        }

        int next(int slot) {
            return slot + 1 & table.length - 1;
        }
    }

    /** Returns the number of strings; codes are 0 to one less. */
    public int size() {
        return ends.length;
    }

    public String text(int code) {
        int start = start(code);
        return new String(pool, start, ends[code] - start, StandardCharsets.UTF_8);
    }

    /** Returns the length of the string in bytes of UTF-8. */
    public int length(int code) {
        return ends[code] - start(code);
    }

    /**
     * Returns the string read as a timestamp: epoch microseconds, or {@link IsoTime#MISSING}. The first call reads
     * all strings.
     *
     * @param look called from time to time while strings are read; may throw to cancel
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
            // Longer strings are not timestamps.
            read[i] = length(i) > IsoTime.LONGEST
                    ? IsoTime.MISSING
                    : IsoTime.parse(text(i)).orElse(IsoTime.MISSING);
        }
        return read;
    }

    /**
     * Returns the code of the string, or -1 when it is absent. Compares with all strings, unless the dictionary has
     * an index.
     */
    public int find(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        if (index.isPresent()) {
            return find(wanted, index.get());
        }
        for (int code = 0; code < ends.length; code++) {
            if (is(code, wanted)) {
                return code;
            }
        }
        return -1;
    }

    /** Whether the string with this code equals the given one, in UTF-8. */
    boolean is(int code, byte[] wanted) {
        int start = start(code);
        return ends[code] - start == wanted.length && Arrays.equals(pool, start, ends[code], wanted, 0, wanted.length);
    }

    private int find(byte[] wanted, Index in) {
        for (int slot = in.slot(wanted, 0, wanted.length); in.table[slot] != 0; slot = in.next(slot)) {
            int code = in.table[slot] - 1;
            if (Arrays.equals(pool, start(code), ends[code], wanted, 0, wanted.length)) {
                return code;
            }
        }
        return -1;
    }

    /** Compares two strings, of this and another dictionary, by code points (P22). */
    public int compare(int code, Dictionary other, int otherCode) {
        // The order of UTF-8 bytes is the order of code points.
        return Arrays.compareUnsigned(
                pool, start(code), ends[code], other.pool, other.start(otherCode), other.ends[otherCode]);
    }

    /** Whether two strings, of this and another dictionary, are equal. */
    public boolean same(int code, Dictionary other, int otherCode) {
        return Arrays.equals(pool, start(code), ends[code], other.pool, other.start(otherCode), other.ends[otherCode]);
    }

    private int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    long bytes() {
        return pool.length
                + 4L * ends.length
                + 8L * micros.length
                + index.map(found -> 4L * found.table.length).orElse(0L);
    }

    /** Assigns a code to each distinct string, in order of first appearance. */
    static final class Builder {
        private byte[] pool = new byte[16];
        private int[] ends = new int[4];
        private Index index;
        private int size;

        Builder(StringHash hash) {
            index = new Index(new int[8], hash);
        }

        int add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int slot = index.slot(bytes, 0, bytes.length);
            while (index.table[slot] != 0) {
                int code = index.table[slot] - 1;
                if (Arrays.equals(pool, start(code), ends[code], bytes, 0, bytes.length)) {
                    return code;
                }
                slot = index.next(slot);
            }
            append(bytes);
            index.table[slot] = size;
            if (size * 2 > index.table.length) {
                rehash();
            }
            return size - 1;
        }

        int size() {
            return size;
        }

        long bytes() {
            return pool.length + 4L * ends.length + 4L * index.table.length;
        }

        private int start(int code) {
            return code == 0 ? 0 : ends[code - 1];
        }

        private void append(byte[] bytes) {
            int start = start(size);
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
            index = new Index(new int[index.table.length * 2], index.hash);
            for (int code = 0; code < size; code++) {
                int slot = home(code);
                while (index.table[slot] != 0) {
                    slot = index.next(slot);
                }
                index.table[slot] = code + 1;
            }
        }

        /** Returns the slot of a string in a table without collisions. */
        private int home(int code) {
            return index.slot(pool, start(code), ends[code]);
        }

        /** Returns the number of slots visited when each string is looked up once. */
        long probes() {
            long probes = 0;
            int[] table = index.table;
            for (int slot = 0; slot < table.length; slot++) {
                if (table[slot] != 0) {
                    probes += (slot - home(table[slot] - 1) & table.length - 1) + 1;
                }
            }
            return probes;
        }

        Dictionary build() {
            return build(Optional.empty());
        }

        /** Builds a dictionary that finds strings by an index. */
        Dictionary buildIndexed() {
            return build(Optional.of(index));
        }

        private Dictionary build(Optional<Index> kept) {
            return new Dictionary(Arrays.copyOf(pool, start(size)), Arrays.copyOf(ends, size), kept);
        }
    }
}
