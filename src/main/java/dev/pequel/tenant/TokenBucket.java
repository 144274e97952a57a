package dev.pequel.tenant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token bucket: limits the average rate of requests, and the size of bursts. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private Instant filled;

    /** Creates a full bucket. */
    TokenBucket(double perSecond, double capacity, Instant now) {
        this.perSecond = perSecond;
        this.capacity = capacity;
        this.tokens = capacity;
        this.filled = now;
    }

    /** Takes a token; if there is none, returns the time until the next one. */
    synchronized Optional<Duration> take(Instant now) {
        fill(now);
        if (tokens >= 1) {
            tokens--;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * NANOS)));
    }

    /** Whether the bucket is full, so that it can be discarded. */
    synchronized boolean isFull(Instant now) {
        fill(now);
        return tokens >= capacity;
    }

    private void fill(Instant now) {
        // The clock can be set back.
        if (now.isAfter(filled)) {
            tokens = Math.min(capacity, tokens + Duration.between(filled, now).toNanos() / NANOS * perSecond);
        }
        filled = now;
    }
}
