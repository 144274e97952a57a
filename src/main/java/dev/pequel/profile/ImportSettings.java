package dev.pequel.profile;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bulk import of profiles and events. */
@ConfigMapping(prefix = "pequel.import")
interface ImportSettings {

    /**
     * Imports of one organization, and lists of members, that run at a time on a replica; a request for another is answered with
     * 429.
     */
    @WithDefault("4")
    int atATime();

    /**
     * The same for all organizations together. Each needs memory for two batches, and a thread, but a connection to the database
     * only while it writes.
     */
    @WithDefault("16")
    int allAtATime();

    /** Most lines written in one transaction. */
    @WithDefault("10000")
    int batchLines();

    /** Most bytes of documents written in one transaction; two batches are in memory at a time. */
    @WithDefault("16M")
    MemorySize batchBytes();

    /** Longest line in bytes; a longer one is an error. */
    @WithDefault("1M")
    MemorySize maxLineBytes();

    /**
     * Different attribute paths of the profiles and events of one sandbox, where the keys of a map count as one; a line with one
     * more is an error.
     */
    @WithDefault("10000")
    int maxAttributes();

    /** Ended imports of one sandbox that are kept. */
    @WithDefault("1000")
    int keptJobs();

    /** Failed lines that are reported one by one; all are counted. */
    @WithDefault("100")
    int reportedErrors();
}
