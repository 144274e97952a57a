package dev.pequel.shutdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All that is to stop shares one time. */
class GracePeriodTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final StoppedClock clock = new StoppedClock();

    @Test
    void beginsWhenTheServiceIsToldToStop() {
        GracePeriod period = new GracePeriod(TIMEOUT, Optional.empty(), clock);
        assertFalse(period.hasBegun());

        period.begin(new ShutdownDelayInitiatedEvent());

        assertTrue(period.hasBegun());
        assertEquals(TIMEOUT, period.left());
    }

    @Test
    void whatRequestsTookIsTakenFromTheOthers() {
        GracePeriod period = new GracePeriod(TIMEOUT, Optional.empty(), clock);
        period.begin(new ShutdownDelayInitiatedEvent());

        clock.passes(Duration.ofSeconds(15));
        assertEquals(Duration.ofSeconds(5), period.left());

        clock.passes(Duration.ofSeconds(15));
        assertEquals(Duration.ZERO, period.left());
    }

    @Test
    void beginsWithTheFirstWhoAsksWhereNothingWasToldBefore() {
        GracePeriod period = new GracePeriod(TIMEOUT, Optional.empty(), clock);

        assertEquals(TIMEOUT, period.left());
        clock.passes(Duration.ofSeconds(15));
        period.begin(new ShutdownDelayInitiatedEvent());

        assertEquals(Duration.ofSeconds(5), period.left());
    }

    @Test
    void comesAfterTheTimeForWhichRequestsAreAccepted() {
        GracePeriod period = new GracePeriod(TIMEOUT, Optional.of(Duration.ofSeconds(10)), clock);

        assertEquals(Duration.ofSeconds(30), period.left());
    }

    private static final class StoppedClock extends Clock {

        private Instant now = Instant.parse("2026-08-28T10:00:00Z");

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
