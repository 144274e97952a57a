package dev.pequel.segmentation;

import org.roaringbitmap.RoaringBitmap;

/**
 * The members of an audience in one generation and in the one before, by the profiles' ordinals. Bitmaps must not be changed,
 * and may have bits of profiles that were deleted since.
 */
record Membership(RoaringBitmap members, RoaringBitmap previous) {

    static final Membership NONE = new Membership(new RoaringBitmap(), new RoaringBitmap());

    /** The same audience with newly evaluated members. */
    Membership next(RoaringBitmap evaluated) {
        return new Membership(evaluated, members);
    }

    /** Whether the profile was a member and is none any more. */
    boolean hasExited(int ordinal) {
        return previous.contains(ordinal) && !members.contains(ordinal);
    }

    /** Number of profiles that were members and are none any more. */
    int exited(RoaringBitmap profiles) {
        RoaringBitmap exited = RoaringBitmap.andNot(previous, members);
        return RoaringBitmap.andCardinality(exited, profiles);
    }
}
