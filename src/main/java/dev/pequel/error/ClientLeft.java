package dev.pequel.error;

import java.util.List;

/** The client closed its connection before it had a response, which therefore nobody reads. */
public final class ClientLeft extends RequestFailure {

    public ClientLeft() {
        super(Problem.UNAVAILABLE, List.of("The client did not wait for the response."));
    }
}
