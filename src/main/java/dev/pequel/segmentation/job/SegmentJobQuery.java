package dev.pequel.segmentation.job;

import dev.pequel.database.JobStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Filter and order of a list of segment jobs.
 *
 * @param statuses statuses to include
 * @param segments audiences that a job must name, all of them
 * @param passedOn filters and order as query parameters for the link to the next page, each preceded by {@code &}
 */
record SegmentJobQuery(
        Set<JobStatus> statuses, List<UUID> segments, SortKey sort, boolean descending, String passedOn) {

    SegmentJobQuery {
        statuses = Set.copyOf(statuses);
        segments = List.copyOf(segments);
    }

    enum SortKey {
        CREATION_TIME("creationTime", "sequence"),
        UPDATE_TIME("updateTime", "updatedAt"),
        STATUS("status", "status"),
        ID("id", "id");

        private final String word;
        private final String attribute;

        SortKey(String word, String attribute) {
            this.word = word;
            this.attribute = attribute;
        }

        /** The name in the API. */
        String word() {
            return word;
        }

        /** The attribute of the entity. */
        String attribute() {
            return attribute;
        }

        static Optional<SortKey> of(String word) {
            return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
        }
    }
}
