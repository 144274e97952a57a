package dev.pequel.seed;

/** Why a seed is not loaded, in words that anybody may read: file, line if there is one, reason. */
final class SeedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeedFailure(String file, String reason) {
        super(file + ": " + reason, null, false, false);
    }

    SeedFailure(String file, long line, String reason) {
        super(file + ", line " + line + ": " + reason, null, false, false);
    }
}
