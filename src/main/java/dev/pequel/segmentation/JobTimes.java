package dev.pequel.segmentation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What all kinds of jobs of the contract say about their time and progress. */
public final class JobTimes {

    private JobTimes() {}

    /** {@code {"startTimeInMs", "endTimeInMs", "totalTimeInMs"}}, as far as they are known. */
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
     * What is done, in percent, rounded down: 100 only when the job has succeeded.
     *
     * @param expected 0 before it is known
     */
    public static long percent(boolean hasSucceeded, long done, long expected) {
        if (hasSucceeded) {
            return 100;
        }
        return expected == 0 ? 0 : Math.min(99, done * 100 / expected);
    }
}
