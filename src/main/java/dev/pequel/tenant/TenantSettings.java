package dev.pequel.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Defaults for headers that a request omits, and limits of an organization. */
@ConfigMapping(prefix = "pequel.tenant")
public interface TenantSettings {

    /**
     * Organization of requests without the header {@code x-gw-ims-org-id}. When it is not set, such a request is
     * answered with 400.
     */
    Optional<String> defaultOrganization();

    /**
     * Sandbox of requests without the header {@code x-sandbox-name}. When it is not set, such a request is answered
     * with 400.
     */
    Optional<String> defaultSandbox();

    /**
     * Value of {@code createdBy} for a request without the subject of a token and without an {@code x-api-key}. It is
     * also used where API keys are secrets ({@code pequel.authentication.api-keys}).
     */
    @WithDefault("anonymous")
    String defaultCaller();

    /**
     * Maximum number of sandboxes of an organization; a sandbox is created when something is first stored in it. When
     * exceeded, the response is 409.
     */
    @WithDefault("1000")
    int sandboxes();

    /**
     * Maximum average rate, in requests per second, at which a replica accepts requests of an organization. When
     * exceeded, the response is 429 with {@code Retry-After}.
     */
    @WithDefault("10000")
    double requestsPerSecond();

    /**
     * Maximum number of concurrent requests of an organization on a replica; when exceeded, the response is 429. Must
     * be less than {@code quarkus.thread-pool.max-threads} (200 or more), so that threads remain for other
     * organizations.
     */
    @WithDefault("100")
    int requestsAtATime();

    /**
     * Maximum number of requests that an organization may send to a replica at once after a pause. When exceeded, the
     * response is 429 with {@code Retry-After}.
     */
    @WithDefault("20000")
    int requestBurst();
}
