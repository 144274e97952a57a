package dev.pequel.profile;

/** The keys of the tables {@code profile} and {@code experience_event}: the sandbox's number and the profile's ordinal in one. */
final class ProfileId {

    private ProfileId() {}

    static long of(int sandbox, int ordinal) {
        return (long) sandbox << 32 | ordinal;
    }

    static int ordinal(long id) {
        return (int) id;
    }
}
