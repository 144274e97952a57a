package dev.pequel.problem;

import java.util.List;

/** 403: the caller is authenticated but lacks permission. */
public final class Forbidden extends RequestFailure {

    public Forbidden(String message) {
        super(Problem.FORBIDDEN, List.of(message));
    }
}
