package dev.pequel.profile.importing.line;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/** A sequence of lines, such as those of a request body. */
public interface LineSource {

    /** @param text the line without its end; empty when the line is too long */
    record RawLine(long number, Optional<byte[]> text) {}

    /** The next line that is not blank. Empty at the end. */
    Optional<RawLine> next() throws IOException;

    /** Number of lines read so far, including blank ones. */
    long lines();

    /** Number of bytes of the lines read so far, including line ends. */
    long bytes();

    /** Documents that are generated one by one. */
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
