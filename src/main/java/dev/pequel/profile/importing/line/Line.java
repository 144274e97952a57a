package dev.pequel.profile.importing.line;

import dev.pequel.profile.Identity;
import java.time.Instant;
import java.util.List;

/** A valid line of an import. */
public sealed interface Line {

    /** Number of the line, from 1. */
    long number();

    /** The JSON document in UTF-8. */
    byte[] document();

    /** The identities without duplicates, at least one; primary identities come first. */
    List<Identity> identities();

    /** Whether the document has attributes that were not known when it was read. */
    boolean hasNewAttributes();

    /** A line with a profile. */
    record ProfileLine(long number, byte[] document, List<Identity> identities, boolean hasNewAttributes)
            implements Line {}

    /**
     * A line with an experience event.
     *
     * @param id the {@code _id} of the event
     * @param timestamp the {@code timestamp} of the event
     */
    record EventLine(
            long number,
            byte[] document,
            List<Identity> identities,
            boolean hasNewAttributes,
            String id,
            Instant timestamp)
            implements Line {}
}
