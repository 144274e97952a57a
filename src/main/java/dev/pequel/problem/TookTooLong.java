package dev.pequel.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 503: the request exceeded its time limit and was cancelled. */
public final class TookTooLong extends RequestFailure {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    public TookTooLong(String message) {
        super(Problem.TOOK_TOO_LONG, List.of(message));
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
