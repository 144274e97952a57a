package dev.pequel.export;

import dev.pequel.database.JobStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Meters of export jobs, of all tenants together. */
@ApplicationScoped
class ExportMeters {

    private final MeterRegistry registry;

    ExportMeters(MeterRegistry registry) {
        this.registry = registry;
        for (JobStatus status : JobStatus.values()) {
            if (status.isEnd()) {
                ended(status);
            }
        }
    }

    /** Records a job that this replica has ended. */
    void ended(JobStatus status, Duration time) {
        ended(status).record(time);
    }

    private Timer ended(JobStatus status) {
        return Timer.builder("pequel.export.jobs")
                .description("Duration of the export jobs that this replica ran")
                .tag("status", status.name())
                .register(registry);
    }
}
