package dev.pequel.column;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Builds a column of lists whose elements are stored documents that arrive one by one, such as the experience events of
 * profiles read in the order of the profiles' rows.
 */
public final class ListColumnBuilder {

    private final ColumnBuilder elements = ColumnBuilder.ofStoredDocuments();
    private final ColumnBuilder.Ends ends = new ColumnBuilder.Ends();
    private int current = -1;

    /**
     * Appends an element to the list of a row.
     *
     * @param row never smaller than in the call before
     * @param json stands on the element
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

    /** Number of elements so far. */
    public int elements() {
        return elements.rows();
    }

    /** Heap that the elements so far take here, in bytes. */
    public long bytes() {
        return ends.bytes() + elements.bytes();
    }

    /** The column with this many rows; a row to which nothing was added has no list. */
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
