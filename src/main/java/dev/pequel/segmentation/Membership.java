package dev.pequel.segmentation;

import org.roaringbitmap.RoaringBitmap;

/**
 * The members of an audience in the current and in the previous generation, as ordinals of profiles. The bitmaps must
 * not be modified, and may contain profiles that were deleted since.
 */
record Membership(RoaringBitmap members, RoaringBitmap previous) {

    static final Membership NONE = new Membership(new RoaringBitmap(), new RoaringBitmap());

    /** The next generation. */
    Membership next(RoaringBitmap evaluated) {
        return new Membership(evaluated, members);
    }

    /** Whether the profile was a member in the previous generation but is not now. */
    boolean hasExited(int ordinal) {
        return previous.contains(ordinal) && !members.contains(ordinal);
    }

    /** Number of these profiles that were members in the previous generation but are not now. */
    int exited(RoaringBitmap profiles) {
        RoaringBitmap exited = RoaringBitmap.andNot(previous, members);
        return RoaringBitmap.andCardinality(exited, profiles);
    }
}
