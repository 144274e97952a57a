package dev.pequel.export;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The relation of a profile to an audience. Pequel does not distinguish new members from those that stayed, so {@link
 * #REALIZED} and {@link #EXISTING} both mean all members.
 */
enum MembershipStatus {
    REALIZED,
    EXISTING,
    EXITED;

    static final Set<MembershipStatus> OF_MEMBERS = Set.copyOf(EnumSet.of(REALIZED, EXISTING));

    /** The name in the API. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MembershipStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}
