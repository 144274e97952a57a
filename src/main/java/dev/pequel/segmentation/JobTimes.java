package dev.pequel.segmentation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Formats times and progress of jobs as the API returns them. */
public final class JobTimes {

    private JobTimes() {}

    /** {@code {"startTimeInMs", "endTimeInMs", "totalTimeInMs"}}; unknown times are left out. */
    public static ObjectNode between(Optional<Instant> start, Optional<Instant> end) {
        ObjectNode time = JsonNodeFactory.instance.objectNode();
        start.ifPresent(instant -> time.put("startTimeInMs", instant.toEpochMilli()));
        end.ifPresent(instant -> time.put("endTimeInMs", instant.toEpochMilli()));
        if (start.isPresent() && end.isPresent()) {
            time.put("totalTimeInMs", Duration.between(start.get(), end.get()).toMillis());
        }
        return time;
    }

    /**
     * Progress in percent, rounded down. It is 100 only when the job has succeeded.
     *
     * @param expected 0 if not known yet
     */
    public static long percent(boolean hasSucceeded, long done, long expected) {
        if (hasSucceeded) {
            return 100;
        }
        return expected == 0 ? 0 : Math.min(99, done * 100 / expected);
    }
}
