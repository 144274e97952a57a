package dev.pequel.pql.eval;

import dev.pequel.profile.column.Column;
import java.util.Optional;

/** Steps of paths: which columns they lead to. */
final class PathCompiler {

    private final Compiler compiler;

    PathCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    Code step(Code target, String name) {
        return switch (target) {
            case Columns.OfRow row -> {
                Optional<Column.Part> sole = row.column.sole();
                if (sole.isPresent() && sole.get() instanceof Column.ListPart list) {
                    yield stepOfRows(new Columns.Elements(list, row.source, false), name);
                }
                yield entry(row, name).orElseGet(() -> Lists.of(frame -> Dynamic.step(frame, row.value(frame), name)));
            }
            case Code.OfRows rows -> stepOfRows(rows, name);
            case Code other
            when other.isConstant() -> Code.constant(Dynamic.step(Frame.ofConstants(), other.value(null), name));
            default -> Lists.of(frame -> Dynamic.step(frame, target.value(frame), name));
        };
    }

    /** The field of an object or map where the column has nothing else; for a column of scalars a missing value. */
    private Optional<Code> entry(Columns.OfRow row, String name) {
        if (row.column.parts().isEmpty()) {
            return Optional.of(Code.Constant.NULL);
        }
        return row.column.sole().flatMap(part -> switch (part) {
            case Column.ObjectPart object ->
                Optional.of(
                        object.fields().containsKey(name)
                                ? new Columns.OfRow(object.fields().get(name), row.source)
                                : Code.Constant.NULL);
            case Column.MapPart map ->
                Optional.<Code>of(new Columns.OfRow(map.values(), new Lists.EntryRow(map, row.source, name)));
            case Column.ListPart list -> Optional.<Code>empty();
            case Column.BooleanPart scalar -> Optional.of(Code.Constant.NULL);
            case Column.LongPart scalar -> Optional.of(Code.Constant.NULL);
            case Column.DoublePart scalar -> Optional.of(Code.Constant.NULL);
            case Column.TextPart scalar -> Optional.of(Code.Constant.NULL);
            case Column.TimePart scalar -> Optional.of(Code.Constant.NULL);
        });
    }

    private Code stepOfRows(Code.OfRows rows, String name) {
        Optional<Column.Part> sole = rows.column.sole();
        if (rows.column.parts().isEmpty()) {
            return new Columns.FieldOfRows(rows, Column.none());
        }
        if (sole.isPresent() && sole.get() instanceof Column.ObjectPart object) {
            Column field = object.fields().getOrDefault(name, Column.none());
            return valuesOf(rows, name, field, new Columns.FieldOfRows(rows, field), rows);
        }
        if (sole.isPresent() && sole.get() instanceof Column.MapPart map) {
            Code.OfRows entries = new Columns.EntryOfRows(rows, map, name);
            return valuesOf(rows, name, map.values(), entries, entries);
        }
        return Lists.of(frame -> Dynamic.step(frame, rows.value(frame), name));
    }

    /**
     * The values of a field of several rows, the items of lists one after the other (P20).
     *
     * @param values the rows of the field's column that have a value
     * @param lists the same where the values are lists, and perhaps rows without
     */
    private Code valuesOf(Code.OfRows rows, String name, Column field, Code.OfRows values, Code.OfRows lists) {
        if (field.parts().stream().noneMatch(part -> part instanceof Column.ListPart)) {
            return values;
        }
        return field.sole().isPresent()
                ? new Columns.ElementsOfRows(
                        lists, (Column.ListPart) field.sole().get(), compiler.newBuffer())
                : Lists.of(frame -> Dynamic.step(frame, rows.value(frame), name));
    }

    Code get(Code map, Code key) {
        if (map instanceof Columns.OfRow row && key instanceof Code.ConstantText name) {
            Optional<Code> entry = entry(row, name.text);
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        return Lists.of(
                frame -> key.value(frame) instanceof String name ? Dynamic.get(frame, map.value(frame), name) : null);
    }
}
