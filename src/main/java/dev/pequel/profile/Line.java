package dev.pequel.profile;

import java.time.Instant;
import java.util.List;

/** A line of an import that was read and is of the right form. */
sealed interface Line {

    /** Number of the line, from 1. */
    long number();

    /** The JSON document, UTF-8. */
    byte[] document();

    /** At least one; primary identities come first, none is repeated. */
    List<Identity> identities();

    record ProfileLine(long number, byte[] document, List<Identity> identities) implements Line {}

    record EventLine(long number, byte[] document, List<Identity> identities, String id, Instant timestamp)
            implements Line {}
}
