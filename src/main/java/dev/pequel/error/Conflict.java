package dev.pequel.error;

import java.util.List;

/** 409: the request is valid, but what is stored does not allow it. */
public final class Conflict extends RequestFailure {

    public Conflict(String message) {
        super(Problem.CONFLICT, List.of(message));
    }
}
