package dev.pequel.problem;

import java.util.List;

/** 413: the body exceeds the size limit. */
public final class BodyTooLarge extends RequestFailure {

    public BodyTooLarge(String message) {
        super(Problem.BODY_TOO_LARGE, List.of(message));
    }
}
