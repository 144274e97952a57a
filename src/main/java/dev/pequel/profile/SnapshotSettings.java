package dev.pequel.profile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The columnar snapshots in memory. */
@ConfigMapping(prefix = "pequel.snapshot")
interface SnapshotSettings {

    /**
     * As long as at most this share of the profiles changed since the snapshot was read, in percent, only those are read again
     * and kept beside it; afterwards everything is read.
     */
    @WithDefault("5")
    int changedPercent();

    /** However few profiles a sandbox has, so many may have changed. */
    @WithDefault("1000")
    int changedProfiles();

    /** After an import a snapshot that is in use is brought up to date when no further import ended for so long. */
    @WithDefault("2s")
    Duration delay();

    /** A snapshot that nobody asked for in this time is dropped, and read again when it is needed. */
    @WithDefault("1h")
    Duration idle();
}
