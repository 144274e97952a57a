package dev.pequel.pql.compile;

import java.util.Arrays;

/** A growing list of row numbers. */
final class Rows {

    int[] row = new int[16];
    int size;

    void add(int value) {
        if (size == row.length) {
            row = Arrays.copyOf(row, size * 2);
        }
        row[size++] = value;
    }

    void addRange(int from, int to) {
        int count = to - from;
        if (size + count > row.length) {
            row = Arrays.copyOf(row, Math.max(size + count, row.length * 2));
        }
        for (int i = 0; i < count; i++) {
            row[size + i] = from + i;
        }
        size += count;
    }
}
