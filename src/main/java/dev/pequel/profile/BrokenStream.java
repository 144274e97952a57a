package dev.pequel.profile;

import java.io.IOException;
import java.util.UUID;

/** The stream of an import broke off, or is not what it claims to be. The job tells what is stored. */
public final class BrokenStream extends IOException {

    private final transient UUID job;

    BrokenStream(UUID job, IOException cause) {
        super(cause.getMessage(), cause);
        this.job = job;
    }

    /** The import's job, which is failed. */
    public UUID job() {
        return job;
    }
}
