package dev.pequel.column;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Builds a column of lists whose elements are stored documents added one at a time, such as the experience events of
 * profiles read in the order of the profiles' rows.
 */
public final class ListColumnBuilder {

    private final ColumnBuilder elements = ColumnBuilder.ofStoredDocuments();
    private final ColumnBuilder.Ends ends = new ColumnBuilder.Ends();
    private int current = -1;

    /**
     * Appends an element to the list of a row.
     *
     * @param row at least the row of the previous call
     * @param json positioned at the element
     */
    public void add(int row, JsonParser json) throws IOException {
        if (row < current) {
            throw new IllegalArgumentException("row " + row + " after row " + current);
        }
        if (row != current) {
            close();
            current = row;
        }
        elements.append(json);
    }

    /** Returns the number of elements added so far. */
    public int elements() {
        return elements.rows();
    }

    /** Returns the heap taken by the elements added so far, in bytes. */
    public long bytes() {
        return ends.bytes() + elements.bytes();
    }

    /** Returns a column with this many rows. A row without elements has no list. */
    public Column build(int rows) {
        close();
        current = Integer.MAX_VALUE;
        return new Column(rows, java.util.List.of(ends.build(rows, elements.build())));
    }

    private void close() {
        if (current >= 0 && current != Integer.MAX_VALUE) {
            ends.add(current, elements.rows());
        }
    }
}
