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

    /** Whether the document has attributes that were not known when it was read. */
    boolean hasNewAttributes();

    record ProfileLine(long number, byte[] document, List<Identity> identities, boolean hasNewAttributes)
            implements Line {}

    record EventLine(
            long number,
            byte[] document,
            List<Identity> identities,
            boolean hasNewAttributes,
            String id,
            Instant timestamp)
            implements Line {}
}
