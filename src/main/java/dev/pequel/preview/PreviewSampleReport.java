package dev.pequel.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of profiles by namespace or by dataset. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "PreviewSampleReport")
record PreviewSampleReport(
        List<Part> data,

        @Schema(format = "date-time", examples = "2026-08-28T10:00:00.123Z")
        String reportTimestamp) {

    /** The profiles with an identity in a namespace. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "PreviewSampleNamespace")
    record Part(
            @Schema(examples = "1") long sampleCount,
            @Schema(examples = "0.5") double samplePercentage,

            @Schema(format = "date-time", examples = "2026-08-28T10:00:00.123Z")
            String reportTimestamp,

            @Schema(examples = "1") long fullIDsFragmentCount,
            @Schema(examples = "1") long fullIDsCount,
            @Schema(examples = "0.5") double fullIDsPercentage,

            @Schema(description = "The namespace in lower case.", examples = "email")
            String code,

            @Schema(examples = "email") String value) {

        static Part of(String namespace, long count, long profiles, String time) {
            double share = (double) count / profiles;
            return new Part(count, share, time, count, count, share, namespace, namespace);
        }
    }
}
