package dev.pequel.error;

import java.util.List;

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
                TookTooLong,
                TooManyRequests {

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

    /** What is wrong, one sentence for each finding; at least one. */
    public List<String> messages() {
        return messages;
    }
}
