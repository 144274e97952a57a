package dev.pequel.export;

import java.io.IOException;

/** Thrown when the files of a job exceed their maximum size. */
final class TooLarge extends IOException {

    TooLarge(long limit) {
        super("The files of an export have more than " + limit + " bytes.");
    }
}
