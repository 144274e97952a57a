package dev.pequel.segmentation.store;

import org.roaringbitmap.RoaringBitmap;

/**
 * The members of an audience in the current and in the previous generation, as ordinals of profiles. The bitmaps must
 * not be modified, and may contain profiles that were deleted since.
 */
public record Membership(RoaringBitmap members, RoaringBitmap previous) {

    public static final Membership NONE = new Membership(new RoaringBitmap(), new RoaringBitmap());

    /** The next generation. */
    public Membership next(RoaringBitmap evaluated) {
        return new Membership(evaluated, members);
    }

    /** Whether the profile was a member in the previous generation but is not now. */
    public boolean hasExited(int ordinal) {
        return previous.contains(ordinal) && !members.contains(ordinal);
    }

    /** Number of these profiles that were members in the previous generation but are not now. */
    public int exited(RoaringBitmap profiles) {
        RoaringBitmap exited = RoaringBitmap.andNot(previous, members);
        return RoaringBitmap.andCardinality(exited, profiles);
    }
}
