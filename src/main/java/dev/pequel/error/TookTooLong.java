package dev.pequel.error;

import java.util.List;

/** 503: the request was given up because it took longer than one may. */
public final class TookTooLong extends RequestFailure {

    public TookTooLong(String message) {
        super(Problem.TOOK_TOO_LONG, List.of(message));
    }
}
