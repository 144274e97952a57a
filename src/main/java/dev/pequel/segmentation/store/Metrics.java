package dev.pequel.segmentation.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Exact numbers of members of an audience.
 *
 * @param id the audience
 * @param jobId the segment job that counted, or a random id outside of jobs
 * @param totalProfiles number of members
 * @param byNamespace number of members with an identity in the namespace; namespaces without members are left out
 * @param realized number of members, equal to {@code totalProfiles}
 * @param exited number of profiles that were members in the previous generation but are not now
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

    public static final String REALIZED = "realized";
    public static final String EXITED = "exited";

    public Metrics {
        byNamespace = Collections.unmodifiableSortedMap(new TreeMap<>(byNamespace));
    }

    /** Returns the numbers of both statuses, {@link #REALIZED} first, even if they are 0. */
    public Map<String, Long> byStatus() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(REALIZED, realized);
        counts.put(EXITED, exited);
        return counts;
    }
}
