package dev.pequel.problem;

import java.util.List;

/** 501: the hosted service has this operation, but Pequel does not. The response links to {@link #TABLE}. */
public final class NotImplemented extends RequestFailure {

    /** The path of the table that compares Pequel with the hosted service. */
    public static final String TABLE = "/compatibility.md";

    public NotImplemented(String message) {
        super(Problem.NOT_IMPLEMENTED, List.of(message));
    }
}
