package dev.pequel.profile.snapshot;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The columnar snapshots in memory. */
@ConfigMapping(prefix = "pequel.snapshot")
interface SnapshotSettings {

    /**
     * Share of the profiles of a sandbox, in percent, that may change before its whole snapshot is read again. Up to
     * it, only changed profiles are read.
     */
    @WithDefault("5")
    int changedPercent();

    /**
     * Number of profiles that may always change before a whole snapshot is read again, whatever share of the sandbox
     * they are.
     */
    @WithDefault("1000")
    int changedProfiles();

    /**
     * Time after the end of an import, without another one that ends, after which a snapshot in use is brought up to
     * date.
     */
    @WithDefault("2s")
    Duration delay();

    /**
     * Heap, in bytes, that all snapshots together may take, in place of {@code pequel.snapshot.memory-percent}. While
     * it is read, a snapshot takes up to twice its memory.
     */
    Optional<MemorySize> memory();

    /**
     * Share of the maximum heap, in percent, that all snapshots together may take; the least recently used are
     * removed to make room. When a snapshot still does not fit, the response is 503.
     */
    @WithDefault("40")
    int memoryPercent();

    /** Time without use after which a snapshot is removed from memory. It is read again when it is needed. */
    @WithDefault("1h")
    Duration idle();
}
