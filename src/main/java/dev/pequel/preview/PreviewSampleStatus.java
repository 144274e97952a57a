package dev.pequel.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code GET /previewsamplestatus}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(
        name = "PreviewSampleStatus",
        description = "Number of profiles. Numbers are strings where the hosted service returns strings.")
record PreviewSampleStatus(
        @Schema(examples = "2") String numRowsToRead,
        SampleJob sampleJobRunning,
        @Schema(examples = "2") long totalFragmentCount,
        @Schema(examples = "2") String totalRows,
        @Schema(enumeration = "TASK_FINISHED") String status,
        @Schema(examples = "1.0") double samplingRatio,
        @Schema(examples = "timestampOrdered_auto") String mergeStrategy,
        @Schema(examples = "2026-08-28 10:00:00.0") String lastSampledTimestamp) {

    /** The job that counts profiles, which never runs. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SampleJob")
    record SampleJob(
            @Schema(description = "Always false.", examples = "false")
            boolean status,

            @Schema(examples = "2026-08-28 10:00:00.0") String submissionTimestamp) {}

    static PreviewSampleStatus of(long profiles, String time) {
        String count = String.valueOf(profiles);
        return new PreviewSampleStatus(
                count,
                new SampleJob(false, time),
                profiles,
                count,
                "TASK_FINISHED",
                1.0,
                "timestampOrdered_auto",
                time);
    }
}
