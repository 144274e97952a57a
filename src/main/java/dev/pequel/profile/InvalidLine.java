package dev.pequel.profile;

/** A line that cannot be imported. */
final class InvalidLine extends Exception {

    private final LineError.Code code;

    InvalidLine(LineError.Code code, String message) {
        // Without stack trace: a file may consist of nothing else.
        super(message, null, false, false);
        this.code = code;
    }

    LineError at(long line) {
        return new LineError(line, code, getMessage());
    }
}
