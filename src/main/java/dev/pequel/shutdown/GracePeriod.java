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
 * The time in which all work in progress has to end after a shutdown was requested. It applies to requests, for which
 * Quarkus waits, and to background work.
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
        // Requests are still accepted during the delay. The timeout follows it.
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

    /** Whether a shutdown was requested. New work should not begin then, and long work should be given up. */
    public boolean hasBegun() {
        return end.isPresent();
    }

    /**
     * Interrupts a thread, and waits until it ends, but not longer than the rest of the period. Begins the period if it
     * has not begun.
     */
    public void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join(left());
    }

    /**
     * The time that is left until the service must have stopped, at least zero. Begins the period if it has not begun.
     */
    public Duration left() {
        begin();
        Duration left = Duration.between(clock.instant(), end.orElseThrow());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
