package dev.pequel.segmentation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request to evaluate audiences and move their memberships on, waiting, running or over.
 *
 * @param requested the audiences; empty for all
 * @param segments the audiences as the job evaluates them; as requested before it begins
 * @param attempts how often it was begun
 * @param valuesEvaluated profiles times audiences that are done
 * @param valuesExpected 0 before it is known
 * @param metrics numbers by audience, once the job is over
 * @param errors audiences that could not be evaluated, as {@code {"segmentId","message"}}
 * @param reason why it failed
 */
record SegmentJob(
        UUID id,
        int sandbox,
        Status status,
        Source source,
        String requestId,
        Optional<List<UUID>> requested,
        ArrayNode segments,
        int attempts,
        long valuesEvaluated,
        long valuesExpected,
        ObjectNode metrics,
        ArrayNode errors,
        Optional<String> reason,
        Instant createdAt,
        Optional<Instant> evaluationStartedAt,
        Optional<Instant> evaluationEndedAt,
        Optional<Instant> endedAt,
        Instant updatedAt) {

    enum Status {
        NEW,
        PROCESSING,
        /** All audiences have a new generation of members. */
        SUCCEEDED,
        /** None of the audiences moved on, or not all: see the errors. */
        FAILED,
        /** None of the audiences moved on. */
        CANCELLED;

        static Optional<Status> of(String word) {
            return Arrays.stream(values())
                    .filter(status -> status.name().equalsIgnoreCase(word))
                    .findFirst();
        }

        boolean isEnd() {
            return this != NEW && this != PROCESSING;
        }
    }

    enum Source {
        API("api"),
        SCHEDULER("scheduler");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Source of(String word) {
            return Arrays.stream(values())
                    .filter(source -> source.word.equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
