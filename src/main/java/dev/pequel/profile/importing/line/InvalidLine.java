package dev.pequel.profile.importing.line;

/** Thrown when a line cannot be imported. */
public final class InvalidLine extends Exception {

    private final LineError.Code code;

    public InvalidLine(LineError.Code code, String message) {
        // No stack trace, because all lines of a file may be invalid.
        super(message, null, false, false);
        this.code = code;
    }

    public LineError at(long line) {
        return new LineError(line, code, getMessage());
    }
}
