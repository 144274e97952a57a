package dev.pequel.export;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Exports of profiles to files. */
@ConfigMapping(prefix = "pequel.export")
interface ExportSettings {

    /**
     * Directory for the files of exports, the same for all replicas; they contain personal data. Without it a request for an export
     * is a 409.
     */
    Optional<Path> directory();

    /**
     * Export jobs that a replica runs at a time, of different sandboxes and not all of one organization. Each holds a connection of
     * the database.
     */
    @WithDefault("1")
    int running();

    /** Export jobs of one organization that may wait or run; a request for another is answered with 429. */
    @WithDefault("20")
    int waitingJobs();

    /** Export jobs of one sandbox that are kept; the oldest ended ones are removed with their files. */
    @WithDefault("20")
    int keptJobs();

    /** Time that an export job may take; then it fails. */
    @WithDefault("1H")
    Duration jobTimeout();

    /** Bytes that the files of one export job may have; then it fails. */
    @WithDefault("10G")
    MemorySize jobBytes();

    /** How many times a job is begun, because the server stopped each time, before it fails. */
    @WithDefault("3")
    int jobAttempts();

    /** How often a replica looks for waiting jobs, and for those whose replica is gone. */
    @WithDefault("5s")
    Duration jobPoll();

    /** How often a running job records its progress, and notices that it was cancelled. */
    @WithDefault("1s")
    Duration jobProgress();

    /** Audiences that one export may name. */
    @WithDefault("100")
    int audiences();

    /** Fields of profiles, and of events, that one export may name. */
    @WithDefault("200")
    int fields();

    /** Characters of all names of fields together, of profiles and of events each. */
    @WithDefault("16384")
    int fieldsLength();
}
