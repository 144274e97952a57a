package dev.pequel.profile.snapshot;

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
 * The profiles of a sandbox at one version, as columns in memory. Immutable; the bitmaps, which contain ordinals, must
 * not be modified.
 *
 * @param version number of changes of the sandbox's profiles; later snapshots have larger versions
 * @param parts columns; each profile is in exactly one part
 * @param profiles all profiles
 * @param namespaces the profiles with an identity in a namespace, by namespace in lower case
 */
public record ProfileSnapshot(
        long version, List<Part> parts, RoaringBitmap profiles, Map<String, RoaringBitmap> namespaces) {

    /** The snapshot of a sandbox without profiles. */
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

    /** The part that was read as a whole. The other parts contain the profiles that have changed since. */
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

    /** Heap used by the columns, in bytes. */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.columns().bytes()).sum();
    }

    /** Columns of some of the profiles. */
    public sealed interface Part {

        /** The columns. Some of their rows may have no profile in this part. */
        Snapshot columns();

        /** The rows with a profile in this part. */
        RoaringBitmap rows();

        /** The ordinal of a row's profile. */
        int ordinal(int row);

        /** The row of a profile. Empty if the profile is in another part or in none. */
        OptionalInt row(int ordinal);

        /** The ordinals of the rows with a profile in this part. */
        RoaringBitmap ordinals(RoaringBitmap rows);
    }

    /**
     * All profiles of a sandbox at an earlier version. Rows are ordinals.
     *
     * @param version the version at which the columns were read
     * @param rows the rows that have not changed since
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

    /** Profiles that changed after the whole was read, in the order of their ordinals. */
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
