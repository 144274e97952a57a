package dev.pequel.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A request that is answered with a status of 400 or above, for a reason that the client can act on. */
public abstract sealed class RequestFailure extends RuntimeException
        permits InvalidRequest,
                InvalidExpression,
                Forbidden,
                NotFound,
                Conflict,
                PreconditionFailed,
                BodyTooLarge,
                BodyTooSlow,
                InsufficientMemory,
                TookTooLong,
                ClientLeft,
                TooManyRequests,
                NotImplemented {

    private final Problem problem;
    private final transient List<String> messages;

    RequestFailure(Problem problem, List<String> messages) {
        // Failures are ordinary answers, so they carry no stack trace.
        super(String.join("; ", messages), null, false, false);
        this.problem = problem;
        this.messages = List.copyOf(messages);
    }

    Problem problem() {
        return problem;
    }

    /** When it is worth to try again; empty when nothing but another request helps. */
    Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** What is wrong, one sentence for each finding; at least one. */
    public List<String> messages() {
        return messages;
    }
}
