package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When a job, or a part of it, began and ended. Unknown times are absent. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "JobTime")
public record JobTime(
        @Schema(description = "Milliseconds since 1970.", examples = "1650374572272")
        Optional<Long> startTimeInMs,

        @Schema(description = "Milliseconds since 1970.", examples = "1650374572381")
        Optional<Long> endTimeInMs,

        @Schema(examples = "109") Optional<Long> totalTimeInMs) {

    public static JobTime between(Optional<Instant> start, Optional<Instant> end) {
        return new JobTime(
                start.map(Instant::toEpochMilli),
                end.map(Instant::toEpochMilli),
                start.flatMap(from -> end.map(to -> Duration.between(from, to).toMillis())));
    }
}
