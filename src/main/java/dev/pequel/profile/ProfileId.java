package dev.pequel.profile;

/**
 * Keys of the tables {@code profile} and {@code experience_event}: the number of the sandbox and the ordinal in one
 * value.
 */
public final class ProfileId {

    private ProfileId() {}

    public static long of(int sandbox, int ordinal) {
        return (long) sandbox << 32 | ordinal;
    }

    public static int ordinal(long id) {
        return (int) id;
    }
}
