package dev.pequel.audience.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.store.AudienceQuery.Sort;
import java.util.Optional;

/** Writes the position of a page within a list of audiences, and the link to the next page. */
public final class Paging {

    private Paging() {}

    /**
     * Adds {@code _page} and {@code _links}. The link to the next page keeps the other parameters of the request, so
     * that all pages have the same filters and order.
     *
     * @param whole whether the request has no limit; then the response states the total, up to the maximum page size,
     *     as its limit
     * @param total number of audiences on all pages
     * @param size number of audiences on this page
     */
    public static void describe(ObjectNode list, AudienceQuery query, boolean whole, long total, int size) {
        long max = query.limit().orElseThrow();
        long limit = whole ? Math.min(total, max) : max;
        long pages = pages(total, limit);
        boolean last = query.page() + 1L >= pages;
        ObjectNode page = list.putObject("_page");
        page.put("totalCount", total);
        page.put("totalPages", pages);
        page.put("pageSize", size);
        page.put("start", query.page());
        page.put("limit", limit);
        ObjectNode links = list.putObject("_links");
        if (!last) {
            int next = query.page() + 1;
            page.put("next", String.valueOf(next));
            links.putObject("next")
                    .put(
                            "href",
                            "@/audiences?start=" + next + "&limit=" + limit + "&totalCount=" + total
                                    + query.passedOn());
        }
    }

    /**
     * Adds {@code page} and {@code link} to a list of segment definitions.
     *
     * @param total number of segment definitions, including those before the first page
     * @param size number of segment definitions on this page
     */
    public static void describeDefinitions(ObjectNode list, AudienceQuery query, long total, int size) {
        long limit = query.limit().orElseThrow();
        long pages = pages(Math.max(0, total - query.offset()), limit);
        Optional<Sort> first = query.sort().stream().findFirst();
        ObjectNode page = list.putObject("page");
        page.put("totalCount", total);
        page.put("totalPages", pages);
        page.put("sortField", first.map(sort -> sort.field().path()).orElse("creationTime"));
        page.put("sort", first.map(Sort::descending).orElse(true) ? "desc" : "asc");
        page.put("pageSize", size);
        page.put("limit", limit);
        ObjectNode link = list.putObject("link");
        if (query.page() + 1L < pages) {
            link.put("next", "@/segment/definitions?page=" + (query.page() + 1) + "&limit=" + limit + query.passedOn());
        }
    }

    private static long pages(long total, long limit) {
        return limit == 0 ? 0 : (total + limit - 1) / limit;
    }
}
