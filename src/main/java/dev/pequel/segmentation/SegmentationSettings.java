package dev.pequel.segmentation;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Evaluation of audiences, segment jobs and memberships. */
@ConfigMapping(prefix = "pequel.segmentation")
public interface SegmentationSettings {

    /**
     * Maximum number of concurrent evaluations for requests, such as previews, of an organization on a replica.
     * Further ones wait.
     */
    @WithDefault("2")
    int evaluationsAtATime();

    /** Maximum number of waiting evaluations of an organization on a replica. When exceeded, the response is 429. */
    @WithDefault("20")
    int waitingEvaluations();

    /**
     * Maximum time of an evaluation for a request, including the time that it waits. When exceeded, the response is
     * 503.
     */
    @WithDefault("1m")
    Duration evaluationTimeout();

    /**
     * Maximum number of concurrent background evaluations of changed audiences on a replica, each of another
     * organization. Further ones wait.
     */
    @WithDefault("4")
    int backgroundEvaluations();

    /**
     * Minimum time between two background evaluations of an organization. Audiences that change in between are
     * evaluated together.
     */
    @WithDefault("100ms")
    Duration backgroundInterval();

    /**
     * Maximum time of a background evaluation. When exceeded, the changed audiences are evaluated when their numbers
     * or members are requested.
     */
    @WithDefault("5m")
    Duration backgroundTimeout();

    /** Number of threads of an evaluation. When it is not set, it is the number of processors. */
    OptionalInt threads();

    /**
     * Time for which the metrics of an expression that depends on the clock ({@code now}, {@code today},
     * {@code this month}) are reused. Other metrics are reused until profiles or expressions change.
     */
    @WithDefault("1m")
    Duration timeDependentAge();

    /**
     * Number of audiences whose members are read from or written to the database together, and of changed audiences
     * that one background evaluation takes.
     */
    @WithDefault("100")
    int batch();

    /**
     * Maximum number of segment jobs that run at once on a replica, each of another sandbox; organizations take turns
     * of a second. A sandbox has one running job on all replicas together; further jobs wait.
     */
    @WithDefault("1")
    int runningJobs();

    /**
     * Maximum number of segment jobs that a replica has started and runs in turn, at most a quarter of them of one
     * organization; further jobs wait. Each holds a database connection, and in memory its results so far.
     */
    @WithDefault("8")
    int begunJobs();

    /**
     * Maximum running time of a segment job, without its pauses for other jobs. When exceeded, the job fails and the
     * next one starts.
     */
    @WithDefault("1H")
    Duration jobTimeout();

    /**
     * Maximum number of segment jobs of an organization, in all its sandboxes, that were requested and have not
     * ended. When exceeded, the response is 429.
     */
    @WithDefault("100")
    int waitingJobs();

    /** Maximum number of ended segment jobs that are kept for a sandbox. When exceeded, the oldest are removed. */
    @WithDefault("1000")
    int keptJobs();

    /** Number of segment jobs on a page when the request has no {@code limit}. */
    @WithDefault("20")
    int jobsOnPage();

    /** Maximum number of ids in a bulk request for segment jobs. When exceeded, the response is 400. */
    @WithDefault("100")
    int bulkJobs();

    /** Interval at which a replica looks for segment jobs that wait, and for jobs whose replica is gone. */
    @WithDefault("5s")
    Duration jobPoll();

    /** Interval at which a running segment job records its progress, and checks whether it was cancelled. */
    @WithDefault("1s")
    Duration jobProgress();

    /**
     * Maximum number of attempts for a segment job whose server fails before the job ends. When exceeded, the job
     * fails.
     */
    @WithDefault("3")
    int jobAttempts();

    /** Number of members on a page when the request has no {@code limit}. */
    @WithDefault("100")
    int membersOnPage();

    /** Maximum {@code limit} of a page of members. When exceeded, the response is 400. */
    @WithDefault("1000")
    int maxMembersOnPage();

    /** Maximum size of a line of a list of members, in bytes. A list with a longer line is answered with 400. */
    @WithDefault("16K")
    MemorySize memberLineBytes();

    /** Number of identities of a list of members that are looked up together. */
    @WithDefault("10000")
    int memberBatch();

    /**
     * Maximum number of malformed lines, and of unknown identities, of a list of members that are reported one by
     * one. All are counted.
     */
    @WithDefault("100")
    int reportedMembers();

    /** Maximum number of audiences in a request for overlaps. When exceeded, the response is 400. */
    @WithDefault("50")
    int overlapAudiences();
}
