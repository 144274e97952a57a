package dev.pequel.pql.compile;

import java.util.Optional;

/** Memberships in the audiences that expressions refer to. */
public interface Memberships {

    /** Used when no memberships are known. */
    Memberships NONE = audienceId -> Optional.empty();

    /** Returns the membership of an audience; empty when the audience is unknown. */
    Optional<Membership> of(String audienceId);

    /** Membership in one audience, by the rows of profiles. */
    interface Membership {
        /** Whether the profile is a member now ({@code realized}). */
        boolean isMember(int row);

        /** Whether the profile was a member and has left ({@code exited}). */
        boolean hasExited(int row);
    }
}
