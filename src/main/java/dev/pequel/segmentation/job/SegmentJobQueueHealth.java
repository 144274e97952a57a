package dev.pequel.segmentation.job;

import dev.pequel.database.JobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: reports the number of waiting and running segment jobs of all tenants and replicas at the last look. The
 * status is always up.
 */
@Readiness
@ApplicationScoped
class SegmentJobQueueHealth implements HealthCheck {

    private final SegmentJobRunner runner;

    SegmentJobQueueHealth(SegmentJobRunner runner) {
        this.runner = runner;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("Segment job queue")
                .up()
                .withData("lastLook", runner.lastLook().toString());
        runner.unfinished()
                .ifPresentOrElse(
                        counts -> response.withData("waiting", counts.getOrDefault(JobStatus.NEW, 0L))
                                .withData("running", counts.getOrDefault(JobStatus.PROCESSING, 0L)),
                        () -> response.withData(
                                "reason", "The database has not been queried yet, or did not respond."));
        return response.build();
    }
}
