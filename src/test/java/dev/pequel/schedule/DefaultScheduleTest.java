package dev.pequel.schedule;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pequel.SteppedClock;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting {@code pequel.segmentation.schedule}. */
class DefaultScheduleTest {

    private record Settings(String schedule) implements ScheduleSettings {
        @Override
        public String schedulePoll() {
            return "5s";
        }

        @Override
        public Duration minScheduleInterval() {
            return Duration.ofHours(24);
        }

        @Override
        public int schedulesPerSandbox() {
            return 20;
        }

        @Override
        public int audiencesPerSchedule() {
            return 1000;
        }
    }

    /** The least interval is for clients. */
    @ParameterizedTest
    @ValueSource(strings = {"0 0 3 * * ?", "* * * * * ?", "off"})
    void isAnyCronExpressionOrOff(String setting) {
        assertDoesNotThrow(() -> check(setting));
    }

    @Test
    void aMalformedOneKeepsTheServiceFromStarting() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> check("0 0 25 * * ?"));

        assertEquals(
                "pequel.segmentation.schedule `0 0 25 * * ?` is not a Quartz cron expression: Value 25 not in range [0, 23]",
                refusal.getMessage());
    }

    private static void check(String setting) {
        new DefaultSchedule(new ScheduleRepository(), new Settings(setting), new SteppedClock())
                .check(new StartupEvent());
    }
}
