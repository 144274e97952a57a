package dev.pequel.shutdown;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The time that all work in progress has to end, together: requests, for which Quarkus waits, and whatever else is to stop. It
 * begins when the service is told to stop.
 */
@Singleton
public class GracePeriod {

    private final Duration length;
    private final Clock clock;
    private volatile Optional<Instant> end = Optional.empty();

    public GracePeriod(
            @ConfigProperty(name = "quarkus.shutdown.timeout") Duration timeout,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay,
            Clock clock) {
        // Requests are accepted for the delay, and have the timeout after it.
        this.length = delay.orElse(Duration.ZERO).plus(timeout);
        this.clock = clock;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent toldToStop) {
        begin();
    }

    private synchronized void begin() {
        if (end.isEmpty()) {
            end = Optional.of(clock.instant().plus(length));
        }
    }

    /** Whether the service was told to stop: nothing new should be begun, and what takes long should be given up. */
    public boolean hasBegun() {
        return end.isPresent();
    }

    /** How long the service may still take to stop, at least zero. Begins the period where nobody did before. */
    public Duration left() {
        begin();
        Duration left = Duration.between(clock.instant(), end.orElseThrow());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
