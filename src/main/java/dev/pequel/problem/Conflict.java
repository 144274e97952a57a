package dev.pequel.problem;

import java.util.List;

/** 409: the request is valid but conflicts with stored data. */
public final class Conflict extends RequestFailure {

    public Conflict(String message) {
        super(Problem.CONFLICT, List.of(message));
    }
}
