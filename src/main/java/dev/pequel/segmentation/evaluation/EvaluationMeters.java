package dev.pequel.segmentation.evaluation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Meters of evaluations. They have no tag for the tenant: its numbers are confidential, and tenants may be many.
 */
@ApplicationScoped
class EvaluationMeters {

    private final Timer evaluation;
    private final Counter audiences;
    private final Counter profiles;
    private final Counter values;

    EvaluationMeters(MeterRegistry registry) {
        evaluation = Timer.builder("pequel.evaluation")
                .description("Evaluations, each of one or more audiences against all profiles of a sandbox")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        audiences = Counter.builder("pequel.evaluation.audiences")
                .description("Audiences that were evaluated")
                .register(registry);
        profiles = Counter.builder("pequel.evaluation.profiles")
                .description("Profiles that were evaluated")
                .register(registry);
        values = Counter.builder("pequel.evaluation.values")
                .description("Values that evaluations computed: profiles times audiences")
                .register(registry);
    }

    <T> T evaluation(int audienceCount, int profileCount, Supplier<T> work) {
        T result = evaluation.record(work);
        audiences.increment(audienceCount);
        profiles.increment(profileCount);
        values.increment((double) audienceCount * profileCount);
        return result;
    }
}
