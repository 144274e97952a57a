package dev.pequel.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 503: the request needs more memory than is available. */
public final class InsufficientMemory extends RequestFailure {

    private static final Duration FOR_NOW = Duration.ofSeconds(5);
    private static final Duration FOR_LONG = Duration.ofMinutes(1);

    private final boolean lasting;

    /** @param lasting whether the cause is the amount of data, so that early retries fail too */
    public InsufficientMemory(String message, boolean lasting) {
        super(Problem.UNAVAILABLE, List.of(message));
        this.lasting = lasting;
    }

    /** Whether the cause is the amount of data, so that early retries fail too. */
    public boolean isLasting() {
        return lasting;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(lasting ? FOR_LONG : FOR_NOW);
    }
}
