package dev.pequel.profile.importing;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bulk import of profiles and events. */
@ConfigMapping(prefix = "pequel.import")
interface ImportSettings {

    /**
     * Maximum number of concurrent imports and uploads of member lists of an organization on a replica. When
     * exceeded, the response is 429.
     */
    @WithDefault("4")
    int atATime();

    /**
     * Maximum number of concurrent imports and uploads of member lists on a replica, of all organizations together;
     * each keeps two batches ({@code pequel.import.batch-bytes}) in memory. When exceeded, the response is 429.
     */
    @WithDefault("16")
    int allAtATime();

    /** Number of lines after which an import commits a batch. */
    @WithDefault("10000")
    int batchLines();

    /**
     * Size of lines, in bytes, after which an import commits a batch. Two batches of an import are in memory at a
     * time.
     */
    @WithDefault("16M")
    MemorySize batchBytes();

    /** Maximum size of a line of an import, in bytes. A longer line fails; the others are imported. */
    @WithDefault("1M")
    MemorySize maxLineBytes();

    /**
     * Maximum number of attribute paths of the profiles and events of a sandbox, where the keys of a map count as
     * one. A line that would add another one fails.
     */
    @WithDefault("10000")
    int maxAttributes();

    /** Maximum number of ended imports that are kept for a sandbox. When exceeded, the oldest are removed. */
    @WithDefault("1000")
    int keptJobs();

    /** Maximum number of failed lines that an import reports one by one. All failed lines are counted. */
    @WithDefault("100")
    int reportedErrors();
}
