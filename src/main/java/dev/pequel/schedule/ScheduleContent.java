package dev.pequel.schedule;

import dev.pequel.schedule.Schedule.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The properties of a schedule that a client sets.
 *
 * @param cron a Quartz cron expression in UTC
 * @param audiences the audiences to evaluate; empty for all
 */
record ScheduleContent(String name, State state, String cron, Optional<List<UUID>> audiences) {

    /**
     * The time of the next job. Empty if the schedule is inactive, or has no further time.
     *
     * @throws CronException when the expression cannot be used
     */
    Optional<Instant> nextRun(Instant now) throws CronException {
        return state == State.ACTIVE ? CronTimes.of(cron).after(now) : Optional.empty();
    }
}
