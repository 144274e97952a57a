package dev.pequel.segmentation.job;

import dev.pequel.segmentation.SegmentationSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness: fails when the replica has stopped looking for segment jobs, because only a restart helps then. */
@Liveness
@ApplicationScoped
class SegmentJobsHealth implements HealthCheck {

    /** A look may have to wait for a connection, or for a slow database. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final SegmentJobRunner runner;
    private final SegmentationSettings settings;
    private final Clock clock;

    SegmentJobsHealth(SegmentJobRunner runner, SegmentationSettings settings, Clock clock) {
        this.runner = runner;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        Duration since = Duration.between(runner.lastLook(), clock.instant());
        boolean late = since.compareTo(settings.jobPoll().plus(SLACK)) > 0;
        var response = HealthCheckResponse.named("Segment jobs")
                .status(!late)
                .withData("lastLook", runner.lastLook().toString());
        if (late) {
            response.withData("reason", "The job queue has not been checked for " + since.toSeconds() + " s.");
        }
        return response.build();
    }
}
