package dev.pequel.profile.snapshot;

import dev.pequel.column.Column;
import dev.pequel.column.Column.ListPart;
import dev.pequel.column.Column.MapPart;
import dev.pequel.column.Column.ObjectPart;
import dev.pequel.column.Snapshot;
import dev.pequel.profile.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** Finds the profiles with an identity in a namespace, from the columns of {@code identityMap}. */
final class IdentityColumns {

    private static final String IDENTITY_MAP = "identityMap";

    private IdentityColumns() {}

    /** The rows with at least one identity, by namespace in lower case. Namespaces without rows are left out. */
    static Map<String, RoaringBitmap> rowsByNamespace(Snapshot snapshot) {
        Map<String, RoaringBitmap> rows = new TreeMap<>();
        identityMap(snapshot).ifPresent(column -> {
            for (Column.Part part : column.parts()) {
                switch (part) {
                    case ObjectPart object ->
                        object.fields().forEach((namespace, lists) -> add(rows, namespace, lists, snapshot.size()));
                    case MapPart map -> add(rows, map, snapshot.size());
                    default -> throw new IllegalStateException("Imports accept an identity map only as an object.");
                }
            }
        });
        rows.values().removeIf(RoaringBitmap::isEmpty);
        return rows;
    }

    private static Optional<Column> identityMap(Snapshot snapshot) {
        return snapshot.input(1).flatMap(Column::sole).flatMap(part -> {
            if (part instanceof ObjectPart profiles) {
                return Optional.ofNullable(profiles.fields().get(IDENTITY_MAP));
            }
            throw new IllegalArgumentException("The profiles of a snapshot are always objects.");
        });
    }

    private static void add(Map<String, RoaringBitmap> rows, String namespace, Column lists, int size) {
        RoaringBitmap some = rows.computeIfAbsent(Identity.key(namespace), name -> new RoaringBitmap());
        for (Column.Part part : lists.parts()) {
            if (part instanceof ListPart list) {
                for (int row = 0; row < size; row++) {
                    if (list.start(row) < list.end(row)) {
                        some.add(row);
                    }
                }
            }
        }
    }

    private static void add(Map<String, RoaringBitmap> rows, MapPart map, int size) {
        for (int row = 0; row < size; row++) {
            for (int entry = map.start(row); entry < map.end(row); entry++) {
                if (hasItems(map.values(), entry)) {
                    rows.computeIfAbsent(Identity.key(map.key(entry)), name -> new RoaringBitmap())
                            .add(row);
                }
            }
        }
    }

    private static boolean hasItems(Column lists, int row) {
        return lists.partAt(row)
                .map(part -> part instanceof ListPart list && list.start(row) < list.end(row))
                .orElse(false);
    }
}
