package dev.pequel.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A failed request, which is answered with a status of 400 or above and a reason that the client can act on. */
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
        // Failures are ordinary responses and need no stack trace.
        super(String.join("; ", messages), null, false, false);
        this.problem = problem;
        this.messages = List.copyOf(messages);
    }

    public Problem problem() {
        return problem;
    }

    /** Returns the time after which the request can be retried; empty if a retry cannot succeed. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Returns the reasons of the failure, at least one, each a sentence. */
    public List<String> messages() {
        return messages;
    }
}
