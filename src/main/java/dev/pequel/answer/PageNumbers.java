package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The numbers of a page of a list: {@code _page}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "PageNumbers")
public record PageNumbers(
        @Schema(description = "Items on all pages.", examples = "1")
        long totalCount,

        @Schema(description = "Items on this page.", examples = "1")
        int pageSize,

        @Schema(description = "`start` of the next page; absent on the last.")
        Optional<String> next) {}
