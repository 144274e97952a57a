package dev.pequel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cron expressions mean, and which are refused. */
class CronTimesTest {

    private static final Instant NOW = Instant.parse("2026-08-28T10:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 0 3 * * ?         | 2026-08-29T03:00:00Z | 2026-08-30T03:00:00Z
                    0 30 13 * * ?       | 2026-08-28T13:30:00Z | 2026-08-29T13:30:00Z
                    0 0 10 * * ?        | 2026-08-29T10:00:00Z | 2026-08-30T10:00:00Z
                    59 59 23 31 12 ?    | 2026-12-31T23:59:59Z | 2027-12-31T23:59:59Z
                    0 0 3 ? * MON-FRI   | 2026-08-31T03:00:00Z | 2026-09-01T03:00:00Z
                    0 0 3 ? * sun       | 2026-08-30T03:00:00Z | 2026-09-06T03:00:00Z
                    0 0 3 ? * 1         | 2026-08-30T03:00:00Z | 2026-09-06T03:00:00Z
                    0 0 3 L * ?         | 2026-08-31T03:00:00Z | 2026-09-30T03:00:00Z
                    0 0 3 ? * 2#1       | 2026-09-07T03:00:00Z | 2026-10-05T03:00:00Z
                    0 0 3 1/2 9 ? 2027  | 2027-09-01T03:00:00Z | 2027-09-03T03:00:00Z
                    0 0 0 29 2 ?        | 2028-02-29T00:00:00Z | 2032-02-29T00:00:00Z
                    0 0 2 29 3 ?        | 2027-03-29T02:00:00Z | 2028-03-29T02:00:00Z
                    """)
    void timesAreThoseOfQuartzInUtc(String cron, Instant first, Instant second) throws CronException {
        CronTimes times = CronTimes.of(cron);

        assertEquals(Optional.of(first), times.after(NOW));
        assertEquals(Optional.of(second), times.after(first));
        times.check(NOW, DAY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    x                   | is not a Quartz cron expression: Cron expression contains 1 parts
                    ""                  | is not a Quartz cron expression: Empty expression
                    0 0 3 * *           | is not a Quartz cron expression: Cron expression contains 5 parts
                    0 0 3 * * ? * *     | is not a Quartz cron expression: Cron expression contains 8 parts
                    0 0 3 * * *         | is not a Quartz cron expression: Invalid cron expression: 0 0 3 * * *. Both, a day-of-week
                    0 0 25 * * ?        | is not a Quartz cron expression: Value 25 not in range [0, 23]
                    0 60 3 * * ?        | is not a Quartz cron expression: Value 60 not in range [0, 59]
                    0 0 0/0 * * ?       | is not a Quartz cron expression: Period 0 not in range
                    0 0 3 32 * ?        | is not a Quartz cron expression: Value 32 not in range
                    0 0 3 ? * NEVER     | is not a Quartz cron expression
                    @daily              | is not a Quartz cron expression: Nicknames not supported
                    0 0 99999999999 * * ? | is not a Quartz cron expression
                    0 0 0 30 2 ?        | never fires
                    0 0 0 31 2,4,6 ?    | never fires
                    0 0 3 * * ? 2020    | never fires
                    0 0 0 29 2 ? 2097   | never fires
                    0 0 3 30W * ?       | names a day that does not exist in a month
                    * * * * * ?         | runs at 2026-08-28T10:00:01Z and again at 2026-08-28T10:00:02Z, but between two runs there must be at least PT24H
                    0 0 3,15 * * ?      | runs at 2026-08-28T15:00:00Z and again at 2026-08-29T03:00:00Z
                    0 0 9,10 1 1 ?      | runs at 2027-01-01T09:00:00Z and again at 2027-01-01T10:00:00Z
                    0 0/30 23 ? * SAT   | runs at 2026-08-29T23:00:00Z and again at 2026-08-29T23:30:00Z
                    """)
    void othersAreRefused(String cron, String reason) {
        CronException refusal =
                assertThrows(CronException.class, () -> CronTimes.of(cron).check(NOW, DAY));

        assertTrue(refusal.getMessage().startsWith(reason), refusal.getMessage());
    }

    /** Some hours of a day, of which the last is left when the check begins. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 0 0/6 * * ?     | PT6H    | true
                    0 0 0/6 * * ?     | PT6H1S  | false
                    0 0 8,11 * * ?    | PT4H    | false
                    0 0 0,23 1,2 * ?  | PT2H    | false
                    0 0 3 1,8 * ?     | PT168H  | true
                    0 0 3 1,7 * ?     | PT168H  | false
                    * * * * * ?       | PT1S    | true
                    """)
    void anotherLeastIntervalIsKept(String cron, Duration minInterval, boolean expected) throws CronException {
        CronTimes times = CronTimes.of(cron);
        if (expected) {
            times.check(NOW, minInterval);
        } else {
            assertThrows(CronException.class, () -> times.check(NOW, minInterval));
        }
    }

    @Test
    void anExpressionIsOfBoundedLength() {
        String cron = "0 0 3 " + "1,".repeat(50) + "1 * ? 2030-2040";
        CronException refusal = assertThrows(CronException.class, () -> CronTimes.of(cron));

        assertEquals("has 121 characters, more than the 120 that are allowed", refusal.getMessage());
    }

    /** Long lists are slow, and each takes less than a second. */
    @ParameterizedTest
    @Timeout(60)
    @CsvSource(delimiter = '|', textBlock = """
                    0 0 0 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31 * ? | true
                    0 0 0 30,31,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30 2 ? 2098 | false
                    0 0 0 1W,2W,3W,4W,5W,6W,7W,8W,9W,10W,11W,12W,13W,14W,15W,16W,17W,18W,19W,20W * ? | true
                    0 0 0 ? 2/12 1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7,1-7 | true
                    0 0 0 30/2 2/12 ? 1970-2099,1970-2099,1970-2099,1970-2099,1970-2099,1970-2099 | false
                    """)
    void longListsAreDecidedSoon(String cron, boolean expected) throws CronException {
        CronTimes times = CronTimes.of(cron);
        if (expected) {
            times.check(NOW, DAY);
        } else {
            assertEquals(Optional.empty(), times.after(NOW));
        }
    }
}
