package dev.pequel.problem;

import java.util.List;

/** 412: a precondition of the request, such as {@code If-Match}, does not hold. */
public final class PreconditionFailed extends RequestFailure {

    public PreconditionFailed(String message) {
        super(Problem.PRECONDITION_FAILED, List.of(message));
    }
}
