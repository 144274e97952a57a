package dev.pequel.segmentation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the last evaluation found out about an audience, and what it was an evaluation of.
 *
 * @param dataVersion of the profiles
 * @param metrics empty when the audience cannot be evaluated
 * @param failure why it cannot
 */
record StoredMetrics(
        UUID id,
        String revision,
        UUID basis,
        long dataVersion,
        boolean timeDependent,
        UUID jobId,
        Instant evaluatedAt,
        Optional<Metrics> metrics,
        Optional<String> failure) {

    CountResult result() {
        return metrics.<CountResult>map(CountResult.Counted::new)
                .orElseGet(() -> new CountResult.NotCounted(failure.orElseThrow()));
    }
}
