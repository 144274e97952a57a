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
     * Directory for export files, the same for all replicas; the files contain personal data. When it is not set, a
     * request for an export is answered with 409.
     */
    Optional<Path> directory();

    /**
     * Maximum number of export jobs that run at once on a replica, each of another sandbox and not all of one
     * organization; further jobs wait. Each holds a database connection.
     */
    @WithDefault("1")
    int running();

    /**
     * Maximum number of export jobs of an organization, in all its sandboxes, that have not ended. When exceeded, the
     * response is 429.
     */
    @WithDefault("20")
    int waitingJobs();

    /**
     * Maximum number of export jobs that are kept for a sandbox. When exceeded, the oldest ended ones are removed
     * with their files.
     */
    @WithDefault("20")
    int keptJobs();

    /** Maximum running time of an export job. When exceeded, the job fails. */
    @WithDefault("1H")
    Duration jobTimeout();

    /** Maximum size of all files of an export job, in bytes. When exceeded, the job fails. */
    @WithDefault("10G")
    MemorySize jobBytes();

    /**
     * Maximum number of attempts for an export job whose server fails before the job ends. When exceeded, the job
     * fails.
     */
    @WithDefault("3")
    int jobAttempts();

    /** Interval at which a replica looks for export jobs that wait, and for jobs whose replica is gone. */
    @WithDefault("5s")
    Duration jobPoll();

    /** Interval at which a running export job records its progress, and checks whether it was cancelled. */
    @WithDefault("1s")
    Duration jobProgress();

    /** Maximum number of audiences in an export. When exceeded, the response is 400. */
    @WithDefault("100")
    int audiences();

    /** Maximum number of profile fields, and of event fields, in an export. When exceeded, the response is 400. */
    @WithDefault("200")
    int fields();

    /**
     * Maximum length of all profile field names together, and of all event field names together, in an export, in
     * characters. When exceeded, the response is 400.
     */
    @WithDefault("16384")
    int fieldsLength();
}
