package dev.pequel.export;

import java.io.IOException;
import java.util.concurrent.CancellationException;

/**
 * Thrown when a file cannot be written. It is a {@link CancellationException}, because it is thrown between rows that
 * are read from the database, whose connection stays usable.
 */
final class WriteFailure extends CancellationException {

    WriteFailure(IOException cause) {
        super("A file of an export cannot be written.");
        initCause(cause);
    }
}
