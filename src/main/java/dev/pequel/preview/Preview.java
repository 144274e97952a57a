package dev.pequel.preview;

import java.util.SortedMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The answer to a preview.
 *
 * @param totalRows profiles that were evaluated
 * @param members ordinals of the profiles for which the expression holds
 * @param membersByNamespace number of members with an identity of the namespace
 */
record Preview(PreviewId id, int totalRows, RoaringBitmap members, SortedMap<String, Integer> membersByNamespace) {}
