package dev.pequel.error;

import java.util.List;

/** 403: the caller is known, but may not do this. */
public final class Forbidden extends RequestFailure {

    public Forbidden(String message) {
        super(Problem.FORBIDDEN, List.of(message));
    }
}
