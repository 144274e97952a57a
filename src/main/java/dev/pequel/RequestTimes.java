package dev.pequel;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/** Has the times of requests counted in buckets, of which Prometheus makes percentiles. */
class RequestTimes {

    private static final double[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToDouble(milliseconds -> Duration.ofMillis(milliseconds).toNanos())
            .toArray();

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            /** Whoever asks for addresses that there are not must not make a series of each. */
            @Override
            public Meter.Id map(Meter.Id id) {
                boolean refused = id.getName().equals("http.server.requests")
                        && String.valueOf(id.getTag("status")).startsWith("4")
                        && !String.valueOf(id.getTag("uri")).contains("{");
                return refused ? id.replaceTags(Tags.of(id.getTags()).and("uri", "OTHER")) : id;
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
