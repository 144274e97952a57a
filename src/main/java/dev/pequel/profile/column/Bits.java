package dev.pequel.profile.column;

import java.util.Arrays;

/** An immutable set of rows with the number of members before each row, so that values may be stored without gaps. */
final class Bits {

    private final long[] words;
    private final int[] before;
    private final int size;
    private final int count;

    private Bits(long[] words, int size) {
        this.words = words;
        this.size = size;
        this.before = new int[words.length];
        int sum = 0;
        for (int i = 0; i < words.length; i++) {
            before[i] = sum;
            sum += Long.bitCount(words[i]);
        }
        this.count = sum;
    }

    int count() {
        return count;
    }

    /** Whether every row is a member. */
    boolean isFull() {
        return count == size;
    }

    boolean get(int row) {
        return (words[row >> 6] & (1L << row)) != 0;
    }

    /** The number of members before this one, or -1 when the row is no member. */
    int rank(int row) {
        long word = words[row >> 6];
        long bit = 1L << row;
        return (word & bit) == 0 ? -1 : before[row >> 6] + Long.bitCount(word & (bit - 1));
    }

    long bytes() {
        return 8L * words.length + 4L * before.length;
    }

    /** Collects rows in ascending order. */
    static final class Builder {
        private long[] words = new long[1];
        private int count;

        void set(int row) {
            int word = row >> 6;
            if (word >= words.length) {
                words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
            }
            words[word] |= 1L << row;
            count++;
        }

        int count() {
            return count;
        }

        long bytes() {
            return 8L * words.length;
        }

        Bits build(int size) {
            return new Bits(Arrays.copyOf(words, (size + 63) >> 6), size);
        }
    }
}
