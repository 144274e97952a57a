package dev.pequel.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code POST /preview}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Preview")
record PreviewAnswer(
        @Schema(examples = "4724f2a5-0452-46e9-acfd-1f046a1cd500")
        String previewQueryId,

        @Schema(enumeration = READY) String state,
        @Schema(enumeration = READY) String previewQueryStatus,

        @Schema(examples = "MDoyOjQ3MjRmMmE1LTA0NTItNDZlOS1hY2ZkLTFmMDQ2YTFjZDUwMDox")
        String previewId,

        @Schema(examples = "1") int previewExecutionId) {

    /** The state of every preview, because it is evaluated before the response is sent. */
    static final String READY = "RESULT_READY";

    static PreviewAnswer of(PreviewId id) {
        return new PreviewAnswer(id.query().toString(), READY, READY, id.toString(), id.execution());
    }
}
