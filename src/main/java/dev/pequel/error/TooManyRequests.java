package dev.pequel.error;

import java.util.List;

/** 429: the request would be fine if there were not so many others of its kind waiting. */
public final class TooManyRequests extends RequestFailure {

    public TooManyRequests(String message) {
        super(Problem.TOO_MANY_REQUESTS, List.of(message));
    }
}
