package dev.pequel.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code GET /estimate/{id}}: the numbers of a preview, which are exact. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Estimate")
record Estimate(
        @Schema(examples = "1") int estimatedSize,
        @Schema(examples = "2") int numRowsToRead,
        @Schema(examples = "2") int totalRows,
        @Schema(examples = "2") int profilesReadSoFar,
        @Schema(examples = "1") int profilesMatchedSoFar,

        @Schema(description = "Always 0.", examples = "0") int standardError,

        @Schema(examples = "95%") String confidenceInterval,
        @Schema(enumeration = PreviewAnswer.READY) String state,
        NoError error,
        List<NamespaceSize> estimatedNamespaceDistribution,
        @JsonProperty("_links") Links links) {

    /** The error of an estimate, which never has one. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "EstimateError")
    record NoError(
            @Schema(description = "Always empty.", examples = "")
            String description,

            @Schema(description = "Always empty.", examples = "")
            String traceback) {}

    /** The number of profiles with an identity in a namespace. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "NamespaceSize")
    record NamespaceSize(
            @Schema(examples = "crmid") String namespaceId,
            @Schema(examples = "1") int profilesMatchedSoFar) {}

    /** @param preview the path of the preview */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "EstimateLinks")
    record Links(
            @Schema(examples = "/data/core/ups/preview/MDoyOjQ3MjRmMmE1LTA0NTItNDZlOS1hY2ZkLTFmMDQ2YTFjZDUwMDox")
            String preview) {}

    /** @param path the path of the preview */
    static Estimate of(Preview preview, String path) {
        int size = preview.members().getCardinality();
        int profiles = preview.totalRows();
        return new Estimate(
                size,
                profiles,
                profiles,
                profiles,
                size,
                0,
                "95%",
                PreviewAnswer.READY,
                new NoError("", ""),
                preview.membersByNamespace().entrySet().stream()
                        .map(namespace -> new NamespaceSize(namespace.getKey(), namespace.getValue()))
                        .toList(),
                new Links(path));
    }
}
