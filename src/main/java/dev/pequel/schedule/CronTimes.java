package dev.pequel.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a Quartz cron expression, in UTC. */
final class CronTimes {

    /** Maximum length of an expression, in UTF-16 code units. The time of a computation grows with the length. */
    static final int MAX_LENGTH = 120;

    /**
     * Number of runs whose intervals are checked. They cover each time of day, and each day of a week and of a month.
     */
    private static final int COMPARED_RUNS = 32;

    private static final CronDefinition QUARTZ = CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ);

    private final ExecutionTime times;

    private CronTimes(ExecutionTime times) {
        this.times = times;
    }

    /** @throws CronException when the text is too long, or is not a Quartz cron expression */
    static CronTimes of(String text) throws CronException {
        if (text.length() > MAX_LENGTH) {
            throw new CronException(
                    "has " + text.length() + " characters, more than the " + MAX_LENGTH + " that are allowed");
        }
        try {
            return new CronTimes(ExecutionTime.forCron(new CronParser(QUARTZ).parse(text)));
        } catch (IllegalArgumentException malformed) {
            // The parser's message contains that of the cause, within several sentences.
            String reason =
                    Optional.ofNullable(malformed.getCause()).orElse(malformed).getMessage();
            throw new CronException("is not a Quartz cron expression: " + reason);
        }
    }

    /**
     * The first time after another one. Empty if there is none before the year 2100.
     *
     * @throws CronException when an expression such as {@code 0 0 3 30W * ?} names a day that the next month does not
     *     have
     */
    Optional<Instant> after(Instant time) throws CronException {
        try {
            return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
        } catch (DateTimeException noSuchDay) {
            throw new CronException("names a day that does not exist in a month: " + noSuchDay.getMessage());
        }
    }

    /**
     * Checks that an expression has a next time, and that the following times are far enough apart.
     *
     * @throws CronException when the check fails
     */
    void check(Instant now, Duration minInterval) throws CronException {
        Optional<Instant> last = Optional.empty();
        Optional<Instant> next = after(now);
        if (next.isEmpty()) {
            throw new CronException("never fires");
        }
        for (int run = 0; run < COMPARED_RUNS && next.isPresent(); run++) {
            if (last.isPresent() && Duration.between(last.get(), next.get()).compareTo(minInterval) < 0) {
                throw new CronException("runs at " + last.get() + " and again at " + next.get()
                        + ", but between two runs there must be at least " + minInterval);
            }
            last = next;
            next = after(next.get());
        }
    }
}
