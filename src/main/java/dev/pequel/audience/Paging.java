package dev.pequel.audience;

import com.fasterxml.jackson.databind.node.ObjectNode;

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
        long most = query.limit().orElseThrow();
        long limit = whole ? Math.min(total, most) : most;
        long pages = limit == 0 ? 0 : (total + limit - 1) / limit;
        boolean last = query.start() + 1L >= pages;
        ObjectNode page = list.putObject("_page");
        page.put("totalCount", total);
        page.put("totalPages", pages);
        page.put("pageSize", size);
        page.put("start", query.start());
        page.put("limit", limit);
        ObjectNode links = list.putObject("_links");
        if (!last) {
            int next = query.start() + 1;
            page.put("next", String.valueOf(next));
            links.putObject("next")
                    .put(
                            "href",
                            "@/audiences?start=" + next + "&limit=" + limit + "&totalCount=" + total
                                    + query.passedOn());
        }
    }
}
