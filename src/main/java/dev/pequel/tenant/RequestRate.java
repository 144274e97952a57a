package dev.pequel.tenant;

import dev.pequel.error.TooManyRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests an organization may send: all its sandboxes together, because a client can name as many sandboxes as it
 * likes. Each replica counts for itself.
 */
@ApplicationScoped
class RequestRate {

    /** Organizations that are remembered; from there on those are forgotten that have not sent anything for a while. */
    private static final int REMEMBERED = 10_000;

    private final TenantSettings settings;
    private final Clock clock;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    RequestRate(TenantSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws TooManyRequests when the organization has sent too many */
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
