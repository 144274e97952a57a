package dev.pequel.database;

import java.util.OptionalInt;

/** Knows which sandbox the current request is for. */
public interface RequestedSandbox {

    /** The number of the sandbox; empty outside of a request, and for a sandbox in which nothing was ever stored. */
    OptionalInt number();
}
