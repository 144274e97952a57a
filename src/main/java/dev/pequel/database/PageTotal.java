package dev.pequel.database;

import java.util.function.LongSupplier;

/** How many rows a list has on all pages, so that it agrees with the page, which another statement has read a moment before. */
public final class PageTotal {

    private PageTotal() {}

    /**
     * The number of rows on all pages together. A page that is not full is the last one, and tells the number by itself.
     *
     * @param first how many rows come before the page
     * @param limit how many rows fit on the page
     * @param size how many rows are on the page
     * @param count counts all rows
     */
    public static long of(long first, int limit, int size, LongSupplier count) {
        boolean isLast = size < limit && (size > 0 || first == 0);
        return isLast ? first + size : Math.max(count.getAsLong(), size == 0 ? 0 : first + size);
    }
}
