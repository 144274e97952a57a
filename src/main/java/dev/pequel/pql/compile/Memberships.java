package dev.pequel.pql.compile;

import java.util.Optional;

/** Who is a member of the audiences that expressions refer to. */
public interface Memberships {

    /** For profiles whose audiences are not known. */
    Memberships NONE = audienceId -> Optional.empty();

    /** The membership of an audience; empty when the audience is not among those known here. */
    Optional<Membership> of(String audienceId);

    /** Membership of one audience, by the profiles' rows. */
    interface Membership {
        /** Whether the profile is in the audience now ({@code realized}). */
        boolean isMember(int row);

        /** Whether the profile was in the audience and has left it ({@code exited}). */
        boolean hasExited(int row);
    }
}
