package dev.pequel.local;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of the service in {@code pequel-local}: the system's clock, or a clock that was set and may be stopped. */
@Alternative
@Priority(1)
@Singleton
class LocalClock extends Clock {

    private final Clock system = Clock.systemUTC();
    private volatile Reading reading = new Running(Duration.ZERO);

    private sealed interface Reading {
        Instant at(Instant systemTime);
    }

    private record Running(Duration ahead) implements Reading {
        @Override
        public Instant at(Instant systemTime) {
            return systemTime.plus(ahead);
        }
    }

    private record Standing(Instant now) implements Reading {
        @Override
        public Instant at(Instant systemTime) {
            return now;
        }
    }

    /** Sets the time. The clock runs from there, or is stopped. */
    void set(Instant now, boolean isRunning) {
        reading = isRunning ? new Running(Duration.between(system.instant(), now)) : new Standing(now);
    }

    /** Returns to the system's time. */
    void reset() {
        reading = new Running(Duration.ZERO);
    }

    boolean isRunning() {
        return reading instanceof Running;
    }

    @Override
    public Instant instant() {
        return reading.at(system.instant());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** All times are in UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
