package dev.pequel.problem;

import java.util.List;

/** 408: the body did not arrive in time. */
public final class BodyTooSlow extends RequestFailure {

    public BodyTooSlow(String message) {
        super(Problem.BODY_TOO_SLOW, List.of(message));
    }
}
