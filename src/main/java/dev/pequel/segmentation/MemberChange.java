package dev.pequel.segmentation;

import org.roaringbitmap.RoaringBitmap;

/** What a list of identities does to the members of an external audience. */
public enum MemberChange {
    /** The list is all members. */
    REPLACE,
    /** Those on the list become members, and all others stay. */
    ADD,
    /** Those on the list are no members any more, and all others stay. */
    REMOVE;

    /** The members after the change, in a bitmap of their own. */
    RoaringBitmap apply(RoaringBitmap before, RoaringBitmap listed) {
        return switch (this) {
            case REPLACE -> listed.clone();
            case ADD -> RoaringBitmap.or(before, listed);
            case REMOVE -> RoaringBitmap.andNot(before, listed);
        };
    }
}
