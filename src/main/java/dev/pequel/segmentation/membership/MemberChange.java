package dev.pequel.segmentation.membership;

import org.roaringbitmap.RoaringBitmap;

/** How a list of identities changes the members of an external audience. */
public enum MemberChange {
    /** The list replaces all members. */
    REPLACE,
    /** The list is added to the members. */
    ADD,
    /** The list is removed from the members. */
    REMOVE;

    /** Returns the members after the change as a new bitmap. */
    RoaringBitmap apply(RoaringBitmap before, RoaringBitmap listed) {
        return switch (this) {
            case REPLACE -> listed.clone();
            case ADD -> RoaringBitmap.or(before, listed);
            case REMOVE -> RoaringBitmap.andNot(before, listed);
        };
    }
}
