package dev.pequel.profile;

import java.io.EOFException;
import java.io.IOException;
import java.util.UUID;
import java.util.zip.ZipException;

/** The stream of an import broke off, or is not what it claims to be. The job tells what is stored. */
public final class BrokenStream extends IOException {

    private final transient UUID job;

    BrokenStream(UUID job, IOException cause) {
        super(reason(cause), cause);
        this.job = job;
    }

    /** What the client may know of it: what is wrong with compressed data, and nothing of the connection. */
    static String reason(IOException cause) {
        return cause instanceof ZipException || cause instanceof EOFException
                ? "The gzip stream is malformed or ends too soon"
                        + (cause.getMessage() == null ? "" : ": " + cause.getMessage())
                : "The connection ended, or nothing arrived for too long";
    }

    /** The import's job, which is failed. */
    public UUID job() {
        return job;
    }
}
