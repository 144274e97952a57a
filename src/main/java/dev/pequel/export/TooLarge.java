package dev.pequel.export;

import java.io.IOException;

/** The files of a job have more bytes than they may. */
final class TooLarge extends IOException {

    TooLarge(long limit) {
        super("The files of an export have more than " + limit + " bytes.");
    }
}
