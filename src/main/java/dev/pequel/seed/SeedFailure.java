package dev.pequel.seed;

/**
 * Thrown when a seed file cannot be loaded. The message may be public: it names the file, the line if there is one, and
 * the reason.
 */
final class SeedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeedFailure(String file, String reason) {
        super(file + ": " + reason, null, false, false);
    }

    SeedFailure(String file, long line, String reason) {
        super(file + ", line " + line + ": " + reason, null, false, false);
    }
}
