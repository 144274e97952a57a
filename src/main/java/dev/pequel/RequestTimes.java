package dev.pequel;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Configures histogram buckets for the times of requests, from which Prometheus computes percentiles, and limits the
 * number of time series.
 */
class RequestTimes {

    private static final double[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToDouble(milliseconds -> Duration.ofMillis(milliseconds).toNanos())
            .toArray();

    private static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /**
     * Whether the tag {@code uri} may be a path chosen by the client. A path without parameters is tagged as sent,
     * and only successful requests are known to have few distinct paths.
     */
    private static boolean mayBeMadeUp(Meter.Id id) {
        String status = String.valueOf(id.getTag("status"));
        return !String.valueOf(id.getTag("uri")).contains("{")
                && (status.startsWith("4")
                        // The connection was closed before the response.
                        || status.equals("RESET")
                        // Answered by the framework without a resource.
                        || String.valueOf(id.getTag("method")).equals("OPTIONS")
                        || !METHODS.contains(id.getTag("method")));
    }

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            /** Prevents a time series for each path or method that clients invent. */
            @Override
            public Meter.Id map(Meter.Id id) {
                if (!id.getName().equals("http.server.requests")) {
                    return id;
                }
                Tags tags = Tags.of(id.getTags());
                if (!METHODS.contains(id.getTag("method"))) {
                    tags = tags.and("method", OTHER);
                }
                return id.replaceTags(mayBeMadeUp(id) ? tags.and("uri", OTHER) : tags);
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("http.server.requests")
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(BUCKETS)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
