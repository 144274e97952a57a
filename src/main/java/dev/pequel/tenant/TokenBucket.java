package dev.pequel.tenant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lets through so many requests a second on average, and so many at once. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private Instant filled;

    /** A full bucket. */
    TokenBucket(double perSecond, double capacity, Instant now) {
        this.perSecond = perSecond;
        this.capacity = capacity;
        this.tokens = capacity;
        this.filled = now;
    }

    /** Takes a token; where there is none, tells how long it takes until there is. */
    synchronized Optional<Duration> take(Instant now) {
        fill(now);
        if (tokens >= 1) {
            tokens--;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * NANOS)));
    }

    /** Whether it is as good as a new one. */
    synchronized boolean isFull(Instant now) {
        fill(now);
        return tokens >= capacity;
    }

    private void fill(Instant now) {
        // Clocks are set back at times.
        if (now.isAfter(filled)) {
            tokens = Math.min(capacity, tokens + Duration.between(filled, now).toNanos() / NANOS * perSecond);
        }
        filled = now;
    }
}
