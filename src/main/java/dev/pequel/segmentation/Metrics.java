package dev.pequel.segmentation;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Numbers of one audience. They are exact.
 *
 * @param id the audience
 * @param jobId the job, or the evaluation outside of jobs, that counted
 * @param totalProfiles members
 * @param byNamespace for each identity namespace the members with an identity there; namespaces without are left out
 * @param realized members, the same as {@code totalProfiles}
 * @param exited profiles that were members in the generation before and are none any more
 * @param createdAt when the audience was created
 * @param updatedAt when the members were counted
 */
public record Metrics(
        UUID id,
        UUID jobId,
        long totalProfiles,
        Map<String, Long> byNamespace,
        long realized,
        long exited,
        Instant createdAt,
        Instant updatedAt) {

    public Metrics {
        byNamespace = Collections.unmodifiableSortedMap(new TreeMap<>(byNamespace));
    }
}
