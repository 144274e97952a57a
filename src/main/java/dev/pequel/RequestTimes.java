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

/** Has the times of requests counted in buckets, of which Prometheus makes percentiles. */
class RequestTimes {

    private static final double[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToDouble(milliseconds -> Duration.ofMillis(milliseconds).toNanos())
            .toArray();

    private static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What is not the pattern of a path is an address as it was sent, of which only those that were answered are known to be few. */
    private static boolean mayBeMadeUp(Meter.Id id) {
        String status = String.valueOf(id.getTag("status"));
        return !String.valueOf(id.getTag("uri")).contains("{")
                && (status.startsWith("4")
                        // The connection ended before the answer.
                        || status.equals("RESET")
                        // Answered without a resource.
                        || String.valueOf(id.getTag("method")).equals("OPTIONS")
                        || !METHODS.contains(id.getTag("method")));
    }

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            /** Whoever makes up addresses and methods must not make a series of each. */
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
