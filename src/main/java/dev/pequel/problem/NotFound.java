package dev.pequel.problem;

import java.util.List;

/** 404: the resource that the path names does not exist in the caller's organization and sandbox. */
public final class NotFound extends RequestFailure {

    public NotFound(String message) {
        super(Problem.NOT_FOUND, List.of(message));
    }
}
