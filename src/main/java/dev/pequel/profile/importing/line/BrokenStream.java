package dev.pequel.profile.importing.line;

import java.io.EOFException;
import java.io.IOException;
import java.util.UUID;
import java.util.zip.ZipException;

/** Thrown when the stream of an import ends early or is malformed. The import job says what was stored. */
public final class BrokenStream extends IOException {

    private final transient UUID job;

    public BrokenStream(UUID job, IOException cause) {
        super(reason(cause), cause);
        this.job = job;
    }

    /** The reason for the client: what is wrong with compressed data, but no details of the connection. */
    public static String reason(IOException cause) {
        return cause instanceof ZipException || cause instanceof EOFException
                ? "The gzip stream is malformed or incomplete"
                        + (cause.getMessage() == null ? "" : ": " + cause.getMessage())
                : "The connection was closed, or no data arrived for too long";
    }

    /** The failed import job. */
    public UUID job() {
        return job;
    }
}
