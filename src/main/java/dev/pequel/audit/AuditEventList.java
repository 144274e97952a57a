package dev.pequel.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.answer.PageLinks;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of audit events. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "AuditEventList")
record AuditEventList(
        List<AuditEventDocument> children,
        @JsonProperty("_page") Numbers page,
        @JsonProperty("_links") PageLinks links) {

    /** The numbers of the page. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "AuditPageNumbers")
    record Numbers(
            @Schema(description = "Events on all pages.", examples = "1")
            long totalCount,

            @Schema(description = "Events on this page.", examples = "1")
            int pageSize,

            @Schema(examples = "100") int limit,

            @Schema(description = "`start` of the next page; absent on the last.")
            Optional<String> next) {}
}
