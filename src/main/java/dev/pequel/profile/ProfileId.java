package dev.pequel.profile;

/**
 * Keys of the tables {@code profile} and {@code experience_event}: the number of the sandbox and the ordinal in one
 * value.
 */
final class ProfileId {

    private ProfileId() {}

    static long of(int sandbox, int ordinal) {
        return (long) sandbox << 32 | ordinal;
    }

    static int ordinal(long id) {
        return (int) id;
    }
}
