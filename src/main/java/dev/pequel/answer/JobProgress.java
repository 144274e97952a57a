package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How much of a job is done. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "JobProgress")
public record JobProgress(
        @Schema(description = "100 only when the job has succeeded.", minimum = "0", maximum = "100", examples = "100")
        long percent,

        @Schema(description = "Number of times that the job was started.", examples = "1")
        int attempts) {

    /**
     * Progress in percent, rounded down.
     *
     * @param expected 0 if not known yet
     */
    public static JobProgress of(boolean hasSucceeded, long done, long expected, int attempts) {
        long percent = hasSucceeded ? 100 : expected == 0 ? 0 : Math.min(99, done * 100 / expected);
        return new JobProgress(percent, attempts);
    }
}
