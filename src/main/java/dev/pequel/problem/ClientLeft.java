package dev.pequel.problem;

import java.util.List;

/** The client closed its connection before the response, so that the work can be cancelled. */
public final class ClientLeft extends RequestFailure {

    public ClientLeft() {
        super(Problem.UNAVAILABLE, List.of("The client disconnected before the response."));
    }
}
