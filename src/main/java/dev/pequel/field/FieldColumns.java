package dev.pequel.field;

import dev.pequel.column.Column;
import dev.pequel.column.Column.ListPart;
import dev.pequel.column.Column.MapPart;
import dev.pequel.column.Column.ObjectPart;
import dev.pequel.column.Column.TextPart;
import dev.pequel.column.Dictionary;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns at the path of a field, those of the items of lists included.
 *
 * @param dictionaries the strings at the path
 * @param hasOthers whether there are values other than strings, or the path leads through a map
 */
record FieldColumns(List<Dictionary> dictionaries, boolean hasOthers) {

    static FieldColumns at(ProfileSnapshot snapshot, List<String> path) {
        List<Column.Part> parts =
                ofProfiles(snapshot).flatMap(column -> parts(column, path)).toList();
        return new FieldColumns(
                parts.stream()
                        .flatMap(
                                part -> part instanceof TextPart texts ? Stream.of(texts.dictionary()) : Stream.empty())
                        .toList(),
                !parts.stream().allMatch(TextPart.class::isInstance));
    }

    /** Returns the columns of whole profiles, one for each part of the snapshot with profiles. */
    static Stream<Column> ofProfiles(ProfileSnapshot snapshot) {
        return snapshot.parts().stream().flatMap(part -> part.columns().input(1).stream());
    }

    /** Whether no profile has a value at the path. */
    boolean areEmpty() {
        return dictionaries.isEmpty() && !hasOthers;
    }

    /** Returns the number of strings in the dictionaries, at least that of the distinct strings. */
    long strings() {
        return dictionaries.stream().mapToLong(Dictionary::size).sum();
    }

    /** The parts at the path, without lists; a map on the way stands for all below it. */
    private static Stream<Column.Part> parts(Column column, List<String> path) {
        return column.parts().stream().flatMap(part -> switch (part) {
            case ListPart list -> listed(list, path);
            case MapPart map -> Stream.of(map);
            case ObjectPart object
            when !path.isEmpty() ->
                Stream.ofNullable(object.fields().get(path.getFirst()))
                        .flatMap(field -> parts(field, path.subList(1, path.size())));
            default -> path.isEmpty() ? Stream.of(part) : Stream.empty();
        });
    }

    /** A list itself is a value, also an empty one. */
    private static Stream<Column.Part> listed(ListPart list, List<String> path) {
        Stream<Column.Part> items = parts(list.elements(), path);
        return path.isEmpty() && list.elements().parts().isEmpty() ? Stream.of(list) : items;
    }
}
