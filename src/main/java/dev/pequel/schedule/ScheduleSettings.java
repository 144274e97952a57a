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
     * When the schedule that each new sandbox has runs: a Quartz cron expression in UTC. With {@code off} that schedule is inactive.
     * Existing schedules stay as they are.
     */
    @WithDefault(NIGHTLY)
    String schedule();

    /** How often a replica looks for schedules that are due; {@code off} for never. */
    @WithDefault("5s")
    String schedulePoll();

    /** Least time between two runs of a schedule that a client creates or changes; a shorter one is a 400. */
    @WithDefault("24H")
    Duration minScheduleInterval();

    /** Schedules of one sandbox; creating another one is a 409. */
    @WithDefault("20")
    int schedulesPerSandbox();

    /** Audiences that one schedule names. */
    @WithDefault("1000")
    int audiencesPerSchedule();
}
