package dev.pequel.field;

import dev.pequel.column.Column;
import dev.pequel.column.Column.BooleanPart;
import dev.pequel.column.Column.DoublePart;
import dev.pequel.column.Column.ListPart;
import dev.pequel.column.Column.LongPart;
import dev.pequel.column.Column.MapPart;
import dev.pequel.column.Column.ObjectPart;
import dev.pequel.column.Column.TextPart;
import dev.pequel.column.Column.TimePart;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.Type.ObjectOf;
import dev.pequel.pql.type.TypeRules;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The fields of the schema and those of the data, by path. The keys of maps are no fields. */
final class FieldCatalog {

    private final SortedMap<String, Field> fields = new TreeMap<>();

    private FieldCatalog() {}

    /**
     * Returns the fields by path. There are at most as many as a schema has parts and as a sandbox has attributes,
     * both of which are limited.
     */
    static SortedMap<String, Field> of(ProfileSchema schema, ProfileSnapshot snapshot) {
        FieldCatalog catalog = new FieldCatalog();
        List<ObjectPart> profiles =
                FieldColumns.ofProfiles(snapshot).flatMap(FieldCatalog::objects).toList();
        catalog.add(List.of(), Optional.of(schema.profile()), profiles, false);
        return catalog.fields;
    }

    /**
     * @param declared the type of the objects, if the schema knows them
     * @param objects the columns of the objects
     * @param throughList whether the path to the objects crosses a list
     */
    private void add(List<String> path, Optional<ObjectOf> declared, List<ObjectPart> objects, boolean throughList) {
        Set<String> all = new LinkedHashSet<>();
        declared.ifPresent(type -> all.addAll(type.fields().keySet()));
        objects.forEach(object -> all.addAll(object.fields().keySet()));
        for (String name : all) {
            List<String> names = new ArrayList<>(path);
            names.add(name);
            List<Column> columns = objects.stream()
                    .flatMap(object -> Stream.ofNullable(object.fields().get(name)))
                    .toList();
            Optional<Type> known = declared.flatMap(type -> type.field(name));
            Type type = known.filter(declaredType -> !TypeRules.isOpen(declaredType))
                    .orElseGet(() -> ofData(columns.stream().flatMap(column -> column.parts().stream())));
            Field field = new Field(names, throughList ? ofEachItem(type) : type, known.isPresent());
            fields.put(field.path(), field);
            Type inner = TypeRules.innermost(type);
            if (!(inner instanceof MapOf)) {
                add(
                        names,
                        known.isPresent() && inner instanceof ObjectOf object ? Optional.of(object) : Optional.empty(),
                        columns.stream().flatMap(FieldCatalog::objects).toList(),
                        throughList || type instanceof ListOf);
            }
        }
    }

    /** The type of a field of the items of a list (P20). */
    private static Type ofEachItem(Type type) {
        return type instanceof ListOf list ? list : new ListOf(type, true);
    }

    /** The objects in a column, and those in its lists. */
    private static Stream<ObjectPart> objects(Column column) {
        return column.parts().stream().flatMap(part -> switch (part) {
            case ObjectPart object -> Stream.of(object);
            case ListPart list -> objects(list.elements());
            default -> Stream.empty();
        });
    }

    private static Type ofData(Stream<Column.Part> parts) {
        List<Type> types = parts.map(FieldCatalog::ofData).distinct().toList();
        return TypeRules.common(types);
    }

    private static Type ofData(Column.Part part) {
        return switch (part) {
            case BooleanPart booleans -> Type.BOOLEAN;
            case LongPart integers -> Type.INTEGER;
            case DoublePart doubles -> Type.DOUBLE;
            case TextPart texts -> Type.STRING;
            case TimePart times -> Type.STRING;
            case ObjectPart objects -> new ObjectOf(Map.of(), true);
            case MapPart maps -> new MapOf(Type.ANY);
            case ListPart lists -> new ListOf(ofData(lists.elements().parts().stream()));
        };
    }
}
