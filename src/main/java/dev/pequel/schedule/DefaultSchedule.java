package dev.pequel.schedule;

import dev.pequel.schedule.Schedule.State;
import dev.pequel.tenant.SandboxCreated;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Creates the schedule of a new sandbox, which evaluates all audiences every night by default. */
@ApplicationScoped
class DefaultSchedule {

    static final String NAME = "profile-default";

    private static final String OFF = "off";

    private final ScheduleRepository schedules;
    private final ScheduleSettings settings;
    private final Clock clock;

    DefaultSchedule(ScheduleRepository schedules, ScheduleSettings settings, Clock clock) {
        this.schedules = schedules;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes the start fail if the setting is not a cron expression. */
    void check(@Observes StartupEvent started) {
        nextRun(content(), clock.instant());
    }

    void create(@Observes SandboxCreated created) {
        Instant now = clock.instant();
        ScheduleContent content = content();
        Schedule schedule = new Schedule(created.sandbox(), content, now);
        schedule.nextRun = nextRun(content, now).orElse(null);
        schedules.persist(schedule);
    }

    private ScheduleContent content() {
        boolean isOff = settings.schedule().equals(OFF);
        return new ScheduleContent(
                NAME,
                isOff ? State.INACTIVE : State.ACTIVE,
                isOff ? ScheduleSettings.NIGHTLY : settings.schedule(),
                Optional.empty());
    }

    private static Optional<Instant> nextRun(ScheduleContent content, Instant now) {
        try {
            return content.nextRun(now);
        } catch (CronException malformed) {
            throw new IllegalStateException(
                    "pequel.segmentation.schedule `" + content.cron() + "` " + malformed.getMessage(), malformed);
        }
    }
}
