package dev.pequel.field;

import dev.pequel.column.Column;
import dev.pequel.column.Column.ListPart;
import dev.pequel.column.Column.ObjectPart;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Counts the profiles that have a field. */
final class FieldPresence {

    private FieldPresence() {}

    /**
     * Returns the number of profiles with a value at the path. A path through a list needs at least one item with a
     * value.
     *
     * @param look called from time to time; may throw to cancel
     */
    static int count(ProfileSnapshot snapshot, Field field, Runnable look) {
        int[] count = new int[1];
        for (ProfileSnapshot.Part part : snapshot.parts()) {
            part.columns()
                    .input(1)
                    .flatMap(profiles -> at(profiles, field.names()))
                    .ifPresent(present -> PartRows.each(part, look, row -> {
                        if (present.test(row)) {
                            count[0]++;
                        }
                    }));
        }
        return count[0];
    }

    /** Whether a row of the column has a value at the path; empty if none has. */
    private static Optional<IntPredicate> at(Column column, List<String> path) {
        if (path.isEmpty()) {
            return column.parts().isEmpty() ? Optional.empty() : Optional.of(column::isPresent);
        }
        List<IntPredicate> parts = new ArrayList<>();
        for (Column.Part part : column.parts()) {
            switch (part) {
                case ObjectPart object ->
                    Optional.ofNullable(object.fields().get(path.getFirst()))
                            .flatMap(field -> at(field, path.subList(1, path.size())))
                            .ifPresent(parts::add);
                case ListPart list ->
                    at(list.elements(), path).ifPresent(item -> parts.add(row -> anyItem(list, row, item)));
                default -> {}
            }
        }
        return parts.stream().reduce(IntPredicate::or);
    }

    private static boolean anyItem(ListPart list, int row, IntPredicate item) {
        for (int element = list.start(row); element < list.end(row); element++) {
            if (item.test(element)) {
                return true;
            }
        }
        return false;
    }
}
