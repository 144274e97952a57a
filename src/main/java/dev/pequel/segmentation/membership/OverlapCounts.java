package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code POST /audiences/overlap}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Overlaps")
record OverlapCounts(List<Size> audiences, List<Pair> pairs, Total total) {

    /** The number of members of an audience. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "OverlappingAudience")
    record Size(
            String id,
            long totalProfiles,

            @Schema(description = "Milliseconds since 1970; absent if the audience has no members yet.")
            Optional<Long> evaluationTime) {}

    /** What two audiences have in common. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "OverlappingPair")
    record Pair(
            @Schema(minItems = 2, maxItems = 2) List<String> ids,
            long inBoth,
            long inEither,

            @Schema(
                    description =
                            "The Jaccard index: 1 if the audiences have the same members, 0 if they have none in common.",
                    minimum = "0",
                    maximum = "1")
            double similarity) {}

    /** What all audiences have in common. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "OverlapTotal")
    record Total(long inAll, long inAny) {}
}
