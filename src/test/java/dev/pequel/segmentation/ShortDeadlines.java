package dev.pequel.segmentation;

import dev.pequel.segmentation.job.SegmentJobLimitsTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/**
 * Evaluations and segment jobs end soon or at once, while a statement waits for a lock of the database longer than any
 * test takes. The store of jobs fails where {@link SegmentJobLimitsTest} says.
 */
public final class ShortDeadlines implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "pequel.segmentation.evaluation-timeout", "1s",
                "pequel.segmentation.background-timeout", "0s",
                "pequel.segmentation.job-timeout", "0s",
                "pequel.segmentation.job-poll", "100ms",
                "pequel.database.statement-timeout", "1h",
                "pequel.sample.enabled", "false");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(SegmentJobLimitsTest.FaultyQueue.class);
    }
}
