package dev.pequel.audience;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.AudienceQuery.Sort;
import java.util.Optional;

/** The part of a list's answer that tells where in the list the page is. */
final class Paging {

    private Paging() {}

    /**
     * Adds {@code _page} and {@code _links}. The next page's address keeps the request's other parameters, so that following
     * it walks through the same list in the same order.
     *
     * @param whole whether all were asked for on one page; then the limit is told as the number that there are
     * @param total audiences on all pages
     * @param size audiences on this page
     */
    static void describe(ObjectNode list, AudienceQuery query, boolean whole, long total, int size) {
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
     * @param total segment definitions on all pages, and before them
     * @param size segment definitions on this page
     */
    static void describeDefinitions(ObjectNode list, AudienceQuery query, long total, int size) {
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
