package dev.pequel.schedule;

import dev.pequel.schedule.Schedule.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client decides about a schedule.
 *
 * @param cron a Quartz cron expression in UTC
 * @param audiences the audiences to evaluate; empty for all
 */
record ScheduleContent(String name, State state, String cron, Optional<List<UUID>> audiences) {

    /**
     * When the next job is due; empty when the schedule is inactive, or no time is left.
     *
     * @throws CronException when the expression cannot be used
     */
    Optional<Instant> nextRun(Instant now) throws CronException {
        return state == State.ACTIVE ? CronTimes.of(cron).after(now) : Optional.empty();
    }
}
