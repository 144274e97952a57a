package dev.pequel.profile;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

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

    /**
     * Bytes of heap that all snapshots together may take. The least recently used are dropped to make room for one that is read;
     * a snapshot that still does not fit is answered with 503. When it is not set, {@link #memoryPercent} holds.
     */
    Optional<MemorySize> memory();

    /** The same in percent of the largest heap. While a snapshot is read it takes up to twice the memory that it takes then. */
    @WithDefault("40")
    int memoryPercent();

    /** A snapshot that nobody asked for in this time is dropped, and read again when it is needed. */
    @WithDefault("1h")
    Duration idle();
}
