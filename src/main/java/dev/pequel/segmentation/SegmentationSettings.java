package dev.pequel.segmentation;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Evaluation of audiences, segment jobs and memberships. */
@ConfigMapping(prefix = "pequel.segmentation")
interface SegmentationSettings {

    /** Evaluations of one organization that run at a time for requests, such as previews; others wait. */
    @WithDefault("2")
    int evaluationsAtATime();

    /** Evaluations of one organization that may wait; a request for another is answered with 429. */
    @WithDefault("20")
    int waitingEvaluations();

    /** So long an evaluation that a request waits for may take, the waiting included; then the answer is a 503. */
    @WithDefault("1m")
    Duration evaluationTimeout();

    /**
     * Evaluations of changed audiences that run at a time in the background, of different organizations; one organization's run
     * one after the other.
     */
    @WithDefault("4")
    int backgroundEvaluations();

    /**
     * Least time from the beginning of an evaluation of an organization's changed audiences to the next one's, for which those wait
     * that change meanwhile.
     */
    @WithDefault("100ms")
    Duration backgroundInterval();

    /**
     * So long an evaluation of changed audiences in the background may take; then they are evaluated when their numbers or
     * members are asked for.
     */
    @WithDefault("5m")
    Duration backgroundTimeout();

    /** Threads of one evaluation; without it one for each processor. */
    OptionalInt threads();

    /**
     * So long the metrics of an expression that looks at the clock ({@code now}, {@code today}, {@code this month} ...) are
     * reused while neither profiles nor expression change. All others are reused until something changes.
     */
    @WithDefault("1m")
    Duration timeDependentAge();

    /** Audiences whose memberships are read from or written to the database together, and that are evaluated in one turn. */
    @WithDefault("100")
    int batch();

    /**
     * Segment jobs that run at a time, of different sandboxes; one sandbox's run one after the other, and organizations take
     * turns.
     */
    @WithDefault("1")
    int runningJobs();

    /**
     * Segment jobs that a replica has begun at a time and evaluates in turn, at most a quarter of them of one organization; another
     * one waits until one ends. Each holds a connection of the database, and in memory what it found so far.
     */
    @WithDefault("8")
    int begunJobs();

    /** So long a segment job may take, without the time in which others had their turn; then it fails, and the next one comes. */
    @WithDefault("1H")
    Duration jobTimeout();

    /** Segment jobs of one organization that may wait or run; a request for another is answered with 429. */
    @WithDefault("100")
    int waitingJobs();

    /** Ended segment jobs of one sandbox that are kept. */
    @WithDefault("1000")
    int keptJobs();

    /** Segment jobs on a page of the list when the request does not say. */
    @WithDefault("20")
    int jobsOnPage();

    /** Ids in one request for several segment jobs. */
    @WithDefault("100")
    int bulkJobs();

    /** So often a replica looks for waiting jobs, and for those whose replica is gone. */
    @WithDefault("5s")
    Duration jobPoll();

    /** So often a running job writes down how far it is, and notices that it was cancelled. */
    @WithDefault("1s")
    Duration jobProgress();

    /** So often a job is begun, because the server stopped each time, before it is given up. */
    @WithDefault("3")
    int jobAttempts();

    /** Members on a page when the request does not say. */
    @WithDefault("100")
    int membersOnPage();

    /** Most members on a page. */
    @WithDefault("1000")
    int mostMembersOnPage();

    /** Longest line of a list of members, in bytes. */
    @WithDefault("16K")
    MemorySize memberLineBytes();

    /** Identities of a list of members that are looked up together. */
    @WithDefault("10000")
    int memberBatch();

    /** Malformed lines and unknown identities of a list of members that are reported one by one; all are counted. */
    @WithDefault("100")
    int reportedMembers();

    /** Audiences whose overlaps are asked for at a time. */
    @WithDefault("50")
    int overlapAudiences();
}
