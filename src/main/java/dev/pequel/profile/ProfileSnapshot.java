package dev.pequel.profile;

import dev.pequel.column.Snapshot;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The profiles of a sandbox at one version, ready for evaluation. Immutable; bitmaps must not be changed. All bitmaps are of
 * the profiles' ordinals.
 *
 * @param version counts the changes of the sandbox's profiles; a later snapshot has a larger one
 * @param parts each profile is in exactly one
 * @param profiles all profiles
 * @param namespaces for each identity namespace, in lower case, the profiles with an identity there
 */
public record ProfileSnapshot(
        long version, List<Part> parts, RoaringBitmap profiles, Map<String, RoaringBitmap> namespaces) {

    /** Of a sandbox without profiles. */
    static final ProfileSnapshot EMPTY = new ProfileSnapshot(0, List.of(), new RoaringBitmap(), Map.of());

    public ProfileSnapshot {
        parts = List.copyOf(parts);
        namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
    }

    static ProfileSnapshot of(long version, List<Part> parts) {
        RoaringBitmap profiles = new RoaringBitmap();
        Map<String, RoaringBitmap> namespaces = new TreeMap<>();
        for (Part part : parts) {
            profiles.or(part.ordinals(part.rows()));
            IdentityColumns.rowsByNamespace(part.columns())
                    .forEach((namespace, rows) -> namespaces
                            .computeIfAbsent(namespace, name -> new RoaringBitmap())
                            .or(part.ordinals(rows)));
        }
        namespaces.values().removeIf(RoaringBitmap::isEmpty);
        return new ProfileSnapshot(version, parts, profiles, namespaces);
    }

    /** The part that was read as a whole; the others hold what changed since. */
    Optional<Whole> whole() {
        return parts.stream()
                .filter(Whole.class::isInstance)
                .map(Whole.class::cast)
                .findFirst();
    }

    /** Number of profiles. */
    public int size() {
        return profiles.getCardinality();
    }

    /** Heap taken by the columns. */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.columns().bytes()).sum();
    }

    /** Columns for some of the profiles. */
    public sealed interface Part {

        /** The columns; some of their rows may be without profile. */
        Snapshot columns();

        /** The rows that have a profile. */
        RoaringBitmap rows();

        /** The profile of a row. */
        int ordinal(int row);

        /** The row of a profile; empty when it is in another part or in none. */
        OptionalInt row(int ordinal);

        /** The ordinals of those of the rows that have a profile. */
        RoaringBitmap ordinals(RoaringBitmap rows);
    }

    /**
     * Rows are ordinals.
     *
     * @param version the version at which the columns were read
     * @param rows those that did not change since then
     */
    record Whole(long version, Snapshot columns, RoaringBitmap rows) implements Part {

        @Override
        public int ordinal(int row) {
            return row;
        }

        @Override
        public OptionalInt row(int ordinal) {
            return rows.contains(ordinal) ? OptionalInt.of(ordinal) : OptionalInt.empty();
        }

        @Override
        public RoaringBitmap ordinals(RoaringBitmap some) {
            return RoaringBitmap.and(some, rows);
        }

        Whole without(RoaringBitmap changed) {
            return new Whole(version, columns, RoaringBitmap.andNot(rows, changed));
        }
    }

    /** Profiles that changed after the others were read, in the order of their ordinals. */
    record Changed(Snapshot columns, RoaringBitmap rows, int[] ordinals) implements Part {

        @Override
        public int ordinal(int row) {
            return ordinals[row];
        }

        @Override
        public OptionalInt row(int ordinal) {
            int row = Arrays.binarySearch(ordinals, ordinal);
            return row >= 0 && rows.contains(row) ? OptionalInt.of(row) : OptionalInt.empty();
        }

        @Override
        public RoaringBitmap ordinals(RoaringBitmap some) {
            RoaringBitmap result = new RoaringBitmap();
            RoaringBitmap.and(some, rows).forEach((int row) -> result.add(ordinals[row]));
            return result;
        }
    }
}
