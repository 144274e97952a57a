package dev.pequel.column;

import java.util.Arrays;

/**
 * An immutable set of rows that also gives the number of members before each row, so that values can be stored
 * without gaps. Takes at most about 12 bytes for each member.
 */
abstract sealed class Bits {

    /**
     * The number of rows for each member up to which a bit for each row takes no more memory than a list of the
     * members.
     */
    private static final int ROWS_PER_MEMBER = 64;

    private final int size;
    private final int count;

    private Bits(int size, int count) {
        this.size = size;
        this.count = count;
    }

    final int count() {
        return count;
    }

    /** Whether every row is a member. */
    final boolean isFull() {
        return count == size;
    }

    abstract boolean get(int row);

    /** Returns the number of members before this row, or -1 when the row is not a member. */
    abstract int rank(int row);

    /** Returns the number of members before any row, which may also be the row after the last. */
    abstract int before(int row);

    abstract long bytes();

    /** A bit for each row. */
    private static final class Dense extends Bits {
        private final long[] words;
        private final int[] before;

        Dense(long[] words, int size, int count) {
            super(size, count);
            this.words = words;
            this.before = new int[words.length];
            int sum = 0;
            for (int i = 0; i < words.length; i++) {
                before[i] = sum;
                sum += Long.bitCount(words[i]);
            }
        }

        @Override
        boolean get(int row) {
            return (words[row >> 6] & (1L << row)) != 0;
        }

        @Override
        int rank(int row) {
            long word = words[row >> 6];
            long bit = 1L << row;
            return (word & bit) == 0 ? -1 : before[row >> 6] + Long.bitCount(word & (bit - 1));
        }

        @Override
        int before(int row) {
            int word = row >> 6;
            return word == words.length ? count() : before[word] + Long.bitCount(words[word] & ((1L << row) - 1));
        }

        @Override
        long bytes() {
            return 8L * words.length + 4L * before.length;
        }
    }

    /** A sorted list of the members, indexed by ranges of rows that have about one member each. */
    private static final class Scattered extends Bits {
        private final int[] members;
        /** The index at which the members of each range begin, followed by the number of members. */
        private final int[] starts;

        private final int shift;

        Scattered(int[] members, int size) {
            super(size, members.length);
            this.members = members;
            this.shift = Integer.SIZE - Integer.numberOfLeadingZeros((size - 1) / Math.max(members.length, 1));
            this.starts = new int[((size - 1) >> shift) + 2];
            int member = 0;
            for (int stretch = 0; stretch < starts.length; stretch++) {
                while (member < members.length && members[member] >> shift < stretch) {
                    member++;
                }
                starts[stretch] = member;
            }
        }

        @Override
        boolean get(int row) {
            return rank(row) >= 0;
        }

        @Override
        int rank(int row) {
            return Math.max(find(row), -1);
        }

        @Override
        int before(int row) {
            if (row >> shift >= starts.length - 1) {
                return count();
            }
            int found = find(row);
            return found < 0 ? ~found : found;
        }

        /** Like {@link Arrays#binarySearch}. */
        private int find(int row) {
            int stretch = row >> shift;
            return Arrays.binarySearch(members, starts[stretch], starts[stretch + 1], row);
        }

        @Override
        long bytes() {
            return 4L * members.length + 4L * starts.length;
        }
    }

    /** Collects rows in ascending order in the smaller form: a list of the members, or a bit for each row. */
    static final class Builder {
        /** The members; empty in the form of bits. */
        private int[] members = {};
        /** The bits; empty in the form of a list. */
        private long[] words = {};

        private int count;

        void set(int row) {
            if (words.length > 0) {
                setBit(row);
            } else {
                addMember(row);
            }
            count++;
        }

        private void setBit(int row) {
            int word = row >> 6;
            if (word >= words.length) {
                // With a margin, so that a set near the threshold does not change its form repeatedly.
                if (isScattered(row / 4)) {
                    toMembers();
                    addMember(row);
                    return;
                }
                words = Arrays.copyOf(words, Math.max(word + 1, words.length + (words.length >> 1)));
            }
            words[word] |= 1L << row;
        }

        private void addMember(int row) {
            if (count == members.length) {
                if (count > 0 && !isScattered(row)) {
                    toBits();
                    setBit(row);
                    return;
                }
                members = Arrays.copyOf(members, count + Math.max(2, count >> 1));
            }
            members[count] = row;
        }

        /** Whether there are so few members up to this row that a list of them is smaller than bits. */
        private boolean isScattered(int row) {
            return row / ROWS_PER_MEMBER > count;
        }

        private void toBits() {
            words = new long[(members[count - 1] >> 6) + 1];
            for (int member : members) {
                words[member >> 6] |= 1L << member;
            }
            members = new int[0];
        }

        private void toMembers() {
            members = new int[count + 2];
            int next = 0;
            for (int word = 0; word < words.length; word++) {
                for (long rest = words[word]; rest != 0; rest &= rest - 1) {
                    members[next++] = (word << 6) + Long.numberOfTrailingZeros(rest);
                }
            }
            words = new long[0];
        }

        int count() {
            return count;
        }

        long bytes() {
            return 8L * words.length + 4L * members.length;
        }

        Bits build(int size) {
            boolean scattered = size / ROWS_PER_MEMBER > count;
            if (scattered && words.length > 0) {
                toMembers();
            } else if (!scattered && words.length == 0 && count > 0) {
                members = Arrays.copyOf(members, count);
                toBits();
            }
            return scattered
                    ? new Scattered(Arrays.copyOf(members, count), size)
                    : new Dense(Arrays.copyOf(words, (size + 63) >> 6), size, count);
        }
    }
}
