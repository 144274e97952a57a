package dev.pequel.audience;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceQuery;
import dev.pequel.audience.store.AudienceQuery.Sort;
import dev.pequel.audience.store.SegmentDefinitionDocument;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of segment definitions in the JSON of the API, in the form of their older path. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "SegmentDefinitionList")
record SegmentDefinitionList(
        @Schema(implementation = SegmentDefinitionDocument[].class)
        List<AudienceDocument> segments,

        Page page,

        @Schema(examples = "{\"next\": \"@/segment/definitions?page=1&limit=1\"}")
        Link link) {

    /** The numbers and the order of a page of segment definitions. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SegmentDefinitionListPage")
    record Page(
            @Schema(description = "Segment definitions on all pages.", examples = "111")
            long totalCount,

            @Schema(examples = "111") long totalPages,

            @Schema(description = "The first attribute of the order.", examples = "creationTime")
            String sortField,

            @Schema(
                    enumeration = {"asc", "desc"},
                    examples = "desc")
            String sort,

            @Schema(description = "Segment definitions on this page.", examples = "1")
            int pageSize,

            @Schema(description = "The maximum number of segment definitions on a page.", examples = "1")
            long limit) {}

    /** The link to the next page. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SegmentDefinitionListLink")
    record Link(
            @Schema(description = "The next page; absent on the last. `@` stands for the base path of the API.")
            Optional<String> next) {}

    /** @param total number of segment definitions, including those before the first page */
    static SegmentDefinitionList of(List<AudienceDocument> segments, AudienceQuery query, long total) {
        long limit = query.limit().orElseThrow();
        long pages = AudienceList.pages(Math.max(0, total - query.offset()), limit);
        Optional<Sort> first = query.sort().stream().findFirst();
        return new SegmentDefinitionList(
                segments,
                new Page(
                        total,
                        pages,
                        first.map(sort -> sort.field().path()).orElse("creationTime"),
                        first.map(Sort::descending).orElse(true) ? "desc" : "asc",
                        segments.size(),
                        limit),
                new Link(Optional.of(query.page())
                        .filter(page -> page + 1L < pages)
                        .map(page ->
                                "@/segment/definitions?page=" + (page + 1) + "&limit=" + limit + query.passedOn())));
    }
}
