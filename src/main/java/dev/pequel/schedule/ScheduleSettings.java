package dev.pequel.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Schedules of segment jobs. */
@ConfigMapping(prefix = "pequel.segmentation")
interface ScheduleSettings {

    /** Every night. */
    String NIGHTLY = "0 0 3 * * ?";

    /**
     * Quartz cron expression, in UTC, of the schedule {@code profile-default}, which evaluates all audiences of a new
     * sandbox; {@code off} makes that schedule inactive. Schedules of existing sandboxes do not change.
     */
    @WithDefault(NIGHTLY)
    String schedule();

    /** Interval at which a replica looks for due schedules; with {@code off} it never does. */
    @WithDefault("5s")
    String schedulePoll();

    /**
     * Minimum time between two runs of a schedule that a client creates or changes. A shorter interval is answered
     * with 400.
     */
    @WithDefault("24H")
    Duration minScheduleInterval();

    /** Maximum number of schedules of a sandbox. When exceeded, the response is 409. */
    @WithDefault("20")
    int schedulesPerSandbox();

    /** Maximum number of audiences that a schedule names. When exceeded, the response is 400. */
    @WithDefault("1000")
    int audiencesPerSchedule();
}
