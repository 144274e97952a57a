package dev.pequel.database;

import java.util.function.LongSupplier;

/** Computes the total of a paged list consistently with the page, which was read by an earlier statement. */
public final class PageTotal {

    private PageTotal() {}

    /**
     * Returns the number of rows on all pages. A page that is not full is the last one, so that no count is
     * necessary.
     *
     * @param first number of rows before the page
     * @param limit maximum number of rows on the page
     * @param size number of rows on the page
     * @param count counts all rows
     */
    public static long of(long first, int limit, int size, LongSupplier count) {
        boolean isLast = size < limit && (size > 0 || first == 0);
        return isLast ? first + size : Math.max(count.getAsLong(), size == 0 ? 0 : first + size);
    }
}
