package dev.pequel.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What stands in for headers that a request leaves out, and how much one organization may ask for. */
@ConfigMapping(prefix = "pequel.tenant")
interface TenantSettings {

    /**
     * Organization of a request without the header {@code x-gw-ims-org-id}. Without a default, which is how production
     * should run, such a request is refused.
     */
    Optional<String> defaultOrganization();

    /** Sandbox of a request without the header {@code x-sandbox-name}; without a default such a request is refused. */
    Optional<String> defaultSandbox();

    /**
     * Name recorded in {@code createdBy} for a request with neither a token that names its subject nor an API key, or where API
     * keys are secrets.
     */
    @WithDefault("anonymous")
    String defaultCaller();

    /** Sandboxes that an organization may have; a request that would make one more is answered with 409. */
    @WithDefault("1000")
    int sandboxes();

    /** Requests that an organization may send to a replica in a second, on average; one more is answered with 429. */
    @WithDefault("10000")
    double requestsPerSecond();

    /**
     * Requests of an organization that a replica works on at a time; one more is answered with 429. Less than the threads there
     * are ({@code quarkus.thread-pool.max-threads}), so that others are answered, whatever one organization sends.
     */
    @WithDefault("100")
    int requestsAtATime();

    /** Requests that an organization may send at once after a pause. */
    @WithDefault("20000")
    int requestBurst();
}
