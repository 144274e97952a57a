package dev.pequel.profile;

/** Thrown when a line cannot be imported. */
final class InvalidLine extends Exception {

    private final LineError.Code code;

    InvalidLine(LineError.Code code, String message) {
        // No stack trace, because all lines of a file may be invalid.
        super(message, null, false, false);
        this.code = code;
    }

    LineError at(long line) {
        return new LineError(line, code, getMessage());
    }
}
