package dev.pequel.database;

import java.util.Arrays;
import java.util.Optional;

/** The state of a job. */
public enum JobStatus {
    NEW,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Returns the status with a name in any letter case. */
    public static Optional<JobStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** Whether the status of the job can no longer change. */
    public boolean isEnd() {
        return this != NEW && this != PROCESSING;
    }
}
