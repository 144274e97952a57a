package dev.pequel.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 429: too many requests are in progress, or the rate of requests is too high. The request can be retried later. */
public final class TooManyRequests extends RequestFailure {

    private final transient Duration retryAfter;

    /** @param retryAfter time after which the request can be retried */
    public TooManyRequests(String message, Duration retryAfter) {
        super(Problem.TOO_MANY_REQUESTS, List.of(message));
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
