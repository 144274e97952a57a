package dev.pequel.profile;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/** Lines one after the other. */
public interface LineSource {

    /** @param text without the line end; empty when the line is too long */
    record RawLine(long number, Optional<byte[]> text) {}

    /** The next line that is not blank; empty at the end. */
    Optional<RawLine> next() throws IOException;

    /** Lines seen so far, blank ones included. */
    long lines();

    /** Bytes of the lines seen so far, line ends included. */
    long bytes();

    /** Documents that are made as they are asked for. */
    static LineSource of(Iterator<byte[]> documents) {
        return new LineSource() {
            private long lines;
            private long bytes;

            @Override
            public Optional<RawLine> next() {
                if (!documents.hasNext()) {
                    return Optional.empty();
                }
                byte[] document = documents.next();
                lines++;
                bytes += document.length + 1;
                return Optional.of(new RawLine(lines, Optional.of(document)));
            }

            @Override
            public long lines() {
                return lines;
            }

            @Override
            public long bytes() {
                return bytes;
            }
        };
    }
}
