package dev.pequel.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 429: the request would be fine if there were not so many others, and may be tried again after a while. */
public final class TooManyRequests extends RequestFailure {

    private final transient Duration retryAfter;

    /** @param retryAfter when it is worth to try again */
    public TooManyRequests(String message, Duration retryAfter) {
        super(Problem.TOO_MANY_REQUESTS, List.of(message));
        this.retryAfter = retryAfter;
    }

    @Override
    Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }
}
