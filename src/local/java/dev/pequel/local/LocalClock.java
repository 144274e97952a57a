package dev.pequel.local;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of everything that asks what time it is: the system's, unless it is set to another time. */
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

    /** Shows this time, and goes on from there or not. */
    void set(Instant now, boolean isRunning) {
        reading = isRunning ? new Running(Duration.between(system.instant(), now)) : new Standing(now);
    }

    /** Shows the system's time again. */
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

    /** Times are in UTC throughout. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
