package dev.pequel.shutdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.SteppedClock;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All that is to stop shares one time. */
class GracePeriodTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SteppedClock clock = new SteppedClock();

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
}
