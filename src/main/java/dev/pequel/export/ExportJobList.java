package dev.pequel.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of export jobs. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ExportJobList")
record ExportJobList(List<ExportJobDocument> records, Position page, Link link) {

    /** The order of the jobs, and the place of the page in it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportJobPage")
    record Position(
            @Schema(examples = "createdTime") String sortField,
            @Schema(examples = "desc") String sort,

            @Schema(description = "The end of this page; empty if it has no jobs.", examples = "1796043448593_7")
            String pageOffset,

            @Schema(examples = "1") int pageSize) {}

    /** The link to the next page. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportJobPageLink")
    record Link(
            @Schema(description = "The next page; empty on the last one.", examples = "")
            String next) {}
}
