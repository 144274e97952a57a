package dev.pequel.audience;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.answer.PageLinks;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of audiences in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "AudienceList")
public record AudienceList(
        List<AudienceDocument> children,
        @JsonProperty("_page") Page page,

        @JsonProperty("_links")
        @Schema(examples = "{\"next\": {\"href\": \"@/audiences?start=1&limit=1&totalCount=111\"}}")
        PageLinks links) {

    /** The properties that contain the audiences, in this response and in that of segment definitions. */
    public static final Set<String> WITH_AUDIENCES = Set.of("children", "segments");

    /** The numbers of a page of audiences. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "AudienceListPage")
    public record Page(
            @Schema(description = "Audiences on all pages.", examples = "111")
            long totalCount,

            @Schema(examples = "111") long totalPages,

            @Schema(description = "Audiences on this page.", examples = "1")
            int pageSize,

            @Schema(description = "The page, from 0.", examples = "0")
            int start,

            @Schema(description = "The maximum number of audiences on a page.", examples = "1")
            long limit,

            @Schema(description = "`start` of the next page; absent on the last.", examples = "1")
            Optional<String> next) {}

    /**
     * The link to the next page keeps the other parameters of the request, so that all pages have the same filters and
     * order.
     *
     * @param whole whether the request has no limit; then the response states the total, up to the maximum page size,
     *     as its limit
     * @param total number of audiences on all pages
     */
    static AudienceList of(List<AudienceDocument> children, AudienceQuery query, boolean whole, long total) {
        long max = query.limit().orElseThrow();
        long limit = whole ? Math.min(total, max) : max;
        long pages = pages(total, limit);
        Optional<Integer> next =
                Optional.of(query.page()).filter(page -> page + 1L < pages).map(page -> page + 1);
        return new AudienceList(
                children,
                new Page(total, pages, children.size(), query.page(), limit, next.map(String::valueOf)),
                PageLinks.next(next.map(page ->
                        "@/audiences?start=" + page + "&limit=" + limit + "&totalCount=" + total + query.passedOn())));
    }

    /** Returns the number of pages of a list with a total number of items. */
    static long pages(long total, long limit) {
        return limit == 0 ? 0 : Math.ceilDiv(total, limit);
    }
}
