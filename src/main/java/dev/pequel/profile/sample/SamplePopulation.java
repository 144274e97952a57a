package dev.pequel.profile.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * Generates sample profiles and experience events in the shapes of XDM. The same seed, size and origin give the same
 * bytes. A person depends on the seed and the person's number alone, so a larger population contains the smaller one.
 *
 * <p>Nothing is kept in memory: both streams are generated as they are read, one JSON document at a time.
 *
 * @param seed determines all random choices
 * @param size number of profiles; the number of events is {@link #eventCount()}
 * @param origin time before which all events are, some of them within the last 24 hours; with the time of loading,
 *     conditions relative to now find members
 */
public record SamplePopulation(long seed, int size, Instant origin) {

    public SamplePopulation {
        // Timestamps of XDM are in milliseconds, but a clock may be more precise.
        origin = origin.truncatedTo(ChronoUnit.MILLIS);
        if (size < 0) {
            throw new IllegalArgumentException("A population cannot have " + size + " profiles.");
        }
    }

    /** The profiles, each one JSON document without line breaks. */
    public Iterator<byte[]> profiles() {
        ProfileWriter writer = new ProfileWriter();
        return new Documents(size, index -> new byte[][] {writer.write(person(index), origin)});
    }

    /** The events by profile and time, each one JSON document without line breaks. */
    public Iterator<byte[]> events() {
        EventWriter writer = new EventWriter();
        return new Documents(size, index -> writer.write(person(index), origin));
    }

    /** Number of events: on average five per profile, exactly so for each ten profiles. */
    public long eventCount() {
        long count = 0;
        for (int index = 0; index < Math.min(size, Person.EVENT_COUNTS.length); index++) {
            count += Person.eventCount(index) * ((long) (size - 1 - index) / Person.EVENT_COUNTS.length + 1);
        }
        return count;
    }

    private Person person(int index) {
        return Person.of(seed, index, origin);
    }

    /** Generates the documents of one person at a time. */
    private static final class Documents implements Iterator<byte[]> {

        private final int persons;
        private final IntFunction<byte[][]> documentsOf;
        private int nextPerson;
        private byte[][] current = {};
        private int nextDocument;

        Documents(int persons, IntFunction<byte[][]> documentsOf) {
            this.persons = persons;
            this.documentsOf = documentsOf;
        }

        @Override
        public boolean hasNext() {
            while (nextDocument == current.length && nextPerson < persons) {
                current = documentsOf.apply(nextPerson++);
                nextDocument = 0;
            }
            return nextDocument < current.length;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current[nextDocument++];
        }
    }
}
