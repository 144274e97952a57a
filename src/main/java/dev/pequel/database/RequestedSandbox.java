package dev.pequel.database;

import java.util.OptionalInt;

/** Provides the sandbox of the current request. */
public interface RequestedSandbox {

    /** Returns the primary key of the sandbox; empty outside a request, and if the sandbox does not exist yet. */
    OptionalInt number();
}
