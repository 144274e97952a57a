package dev.pequel.tenant;

import dev.pequel.problem.TooManyRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the rate of requests of each organization, per replica. All sandboxes share the limit, because clients can
 * create sandboxes at will.
 */
@ApplicationScoped
class RequestRate {

    /** Number of organizations above which the buckets of idle organizations are discarded. */
    private static final int REMEMBERED = 10_000;

    private final TenantSettings settings;
    private final Clock clock;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    RequestRate(TenantSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws TooManyRequests when the organization exceeds its rate */
    void count(String organization) {
        Instant now = clock.instant();
        TokenBucket bucket = buckets.computeIfAbsent(
                organization, name -> new TokenBucket(settings.requestsPerSecond(), settings.requestBurst(), now));
        Optional<Duration> wait = bucket.take(now);
        if (buckets.size() > REMEMBERED) {
            buckets.values().removeIf(other -> other.isFull(now));
        }
        if (wait.isPresent()) {
            throw new TooManyRequests(
                    "The organization has sent more than " + settings.requestsPerSecond() + " requests a second.",
                    wait.get());
        }
    }
}
