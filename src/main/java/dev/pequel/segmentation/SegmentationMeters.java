package dev.pequel.segmentation;

import dev.pequel.segmentation.SegmentJob.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Meters of evaluations and segment jobs. No meter has a tag for the tenant: its numbers are confidential, and tenants
 * may be many.
 */
@ApplicationScoped
class SegmentationMeters {

    private final MeterRegistry registry;
    private final Timer evaluation;
    private final Counter audiences;
    private final Counter profiles;
    private final Counter values;
    private final Map<Status, AtomicLong> unfinished = new EnumMap<>(Status.class);

    SegmentationMeters(MeterRegistry registry) {
        this.registry = registry;
        evaluation = Timer.builder("pequel.evaluation")
                .description("Evaluations, each of some audiences over all profiles of a sandbox")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        audiences = Counter.builder("pequel.evaluation.audiences")
                .description("Audiences that were evaluated")
                .register(registry);
        profiles = Counter.builder("pequel.evaluation.profiles")
                .description("Profiles that evaluations went through")
                .register(registry);
        values = Counter.builder("pequel.evaluation.values")
                .description("Values that evaluations computed: profiles times audiences")
                .register(registry);
        for (Status status : Status.values()) {
            if (!status.isEnd()) {
                AtomicLong count = new AtomicLong();
                unfinished.put(status, count);
                Gauge.builder("pequel.segment.jobs.unfinished", count, AtomicLong::doubleValue)
                        .description("Segment jobs of all replicas that are not over, as of the last look")
                        .tag("status", status.name())
                        .register(registry);
            } else {
                ended(status);
            }
        }
    }

    <T> T evaluation(int audienceCount, int profileCount, Supplier<T> work) {
        T result = evaluation.record(work);
        audiences.increment(audienceCount);
        profiles.increment(profileCount);
        values.increment((double) audienceCount * profileCount);
        return result;
    }

    /** Records the number of unfinished jobs by status. Missing statuses count as 0. */
    void unfinished(Map<Status, Long> counts) {
        unfinished.forEach((status, count) -> count.set(counts.getOrDefault(status, 0L)));
    }

    /** Records a job that this replica has ended. */
    void ended(Status status, Duration time) {
        ended(status).record(time);
    }

    private Timer ended(Status status) {
        return Timer.builder("pequel.segment.jobs")
                .description("Segment jobs that this replica ended, from when it began them")
                .tag("status", status.name())
                .register(registry);
    }
}
