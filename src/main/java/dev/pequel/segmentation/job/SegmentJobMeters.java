package dev.pequel.segmentation.job;

import dev.pequel.database.JobStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters of segment jobs. They have no tag for the tenant: its numbers are confidential, and tenants may be many.
 */
@ApplicationScoped
class SegmentJobMeters {

    private final MeterRegistry registry;
    private final Map<JobStatus, AtomicLong> unfinished = new EnumMap<>(JobStatus.class);

    SegmentJobMeters(MeterRegistry registry) {
        this.registry = registry;
        for (JobStatus status : JobStatus.values()) {
            if (!status.isEnd()) {
                AtomicLong count = new AtomicLong();
                unfinished.put(status, count);
                Gauge.builder("pequel.segment.jobs.unfinished", count, AtomicLong::doubleValue)
                        .description("Segment jobs of all replicas that have not ended, as of the last check")
                        .tag("status", status.name())
                        .register(registry);
            } else {
                ended(status);
            }
        }
    }

    /** Records the number of unfinished jobs by status. Missing statuses count as 0. */
    void unfinished(Map<JobStatus, Long> counts) {
        unfinished.forEach((status, count) -> count.set(counts.getOrDefault(status, 0L)));
    }

    /** Records a job that this replica has ended. */
    void ended(JobStatus status, Duration time) {
        ended(status).record(time);
    }

    private Timer ended(JobStatus status) {
        return Timer.builder("pequel.segment.jobs")
                .description("Duration of the segment jobs that this replica ran")
                .tag("status", status.name())
                .register(registry);
    }
}
