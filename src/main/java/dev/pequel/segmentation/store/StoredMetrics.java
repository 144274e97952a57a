package dev.pequel.segmentation.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The metrics of an audience, or the reason for having none, with the inputs of the evaluation that found them.
 *
 * @param basis the input fingerprint
 * @param dataVersion version of the profiles
 * @param metrics empty when the audience cannot be evaluated
 * @param failure the reason why the audience cannot be evaluated
 */
public record StoredMetrics(
        UUID id,
        String revision,
        UUID basis,
        long dataVersion,
        boolean timeDependent,
        UUID jobId,
        Instant evaluatedAt,
        Optional<Metrics> metrics,
        Optional<String> failure) {

    public CountResult result() {
        return metrics.<CountResult>map(CountResult.Counted::new)
                .orElseGet(() -> new CountResult.NotCounted(failure.orElseThrow()));
    }
}
