package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import java.util.Optional;

/** Compiles the steps of paths to reads of columns. */
final class PathCompiler {

    private final Compiler compiler;

    PathCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    CompiledExpression step(CompiledExpression target, String name) {
        return switch (target) {
            case CompiledColumns.OfRow row -> {
                Optional<Column.Part> sole = row.column.sole();
                if (sole.isPresent() && sole.get() instanceof Column.ListPart list) {
                    yield stepOfRows(new CompiledColumns.Elements(list, row.source, false), name);
                }
                yield entry(row, name)
                        .orElseGet(() -> CompiledLists.of(frame -> UntypedValues.step(frame, row.value(frame), name)));
            }
            case CompiledExpression.OfRows rows -> stepOfRows(rows, name);
            case CompiledExpression other
            when other.isConstant() ->
                CompiledExpression.constant(UntypedValues.step(Frame.ofConstants(), other.value(null), name));
            default -> CompiledLists.of(frame -> UntypedValues.step(frame, target.value(frame), name));
        };
    }

    /**
     * Returns the field of an object or map when the column has no other values; for a column of scalars, a missing
     * value.
     */
    private Optional<CompiledExpression> entry(CompiledColumns.OfRow row, String name) {
        if (row.column.parts().isEmpty()) {
            return Optional.of(CompiledExpression.Constant.NULL);
        }
        return row.column.sole().flatMap(part -> switch (part) {
            case Column.ObjectPart object ->
                Optional.of(
                        object.fields().containsKey(name)
                                ? new CompiledColumns.OfRow(object.fields().get(name), row.source)
                                : CompiledExpression.Constant.NULL);
            case Column.MapPart map ->
                Optional.<CompiledExpression>of(
                        new CompiledColumns.OfRow(map.values(), new CompiledLists.EntryRow(map, row.source, name)));
            case Column.ListPart list -> Optional.<CompiledExpression>empty();
            case Column.BooleanPart scalar -> Optional.of(CompiledExpression.Constant.NULL);
            case Column.LongPart scalar -> Optional.of(CompiledExpression.Constant.NULL);
            case Column.DoublePart scalar -> Optional.of(CompiledExpression.Constant.NULL);
            case Column.TextPart scalar -> Optional.of(CompiledExpression.Constant.NULL);
            case Column.TimePart scalar -> Optional.of(CompiledExpression.Constant.NULL);
        });
    }

    private CompiledExpression stepOfRows(CompiledExpression.OfRows rows, String name) {
        Optional<Column.Part> sole = rows.column.sole();
        if (rows.column.parts().isEmpty()) {
            return new CompiledColumns.FieldOfRows(rows, Column.none());
        }
        if (sole.isPresent() && sole.get() instanceof Column.ObjectPart object) {
            Column field = object.fields().getOrDefault(name, Column.none());
            return valuesOf(rows, name, field, new CompiledColumns.FieldOfRows(rows, field), rows);
        }
        if (sole.isPresent() && sole.get() instanceof Column.MapPart map) {
            CompiledExpression.OfRows entries = new CompiledColumns.EntryOfRows(rows, map, name);
            return valuesOf(rows, name, map.values(), entries, entries);
        }
        return CompiledLists.of(frame -> UntypedValues.step(frame, rows.value(frame), name));
    }

    /**
     * Returns the values of a field of several rows, with the items of lists concatenated (P20).
     *
     * @param values the rows of the field's column that have a value
     * @param lists like {@code values}, when these are lists; may include rows without a value
     */
    private CompiledExpression valuesOf(
            CompiledExpression.OfRows rows,
            String name,
            Column field,
            CompiledExpression.OfRows values,
            CompiledExpression.OfRows lists) {
        if (field.parts().stream().noneMatch(part -> part instanceof Column.ListPart)) {
            return values;
        }
        return field.sole().isPresent()
                ? new CompiledColumns.ElementsOfRows(
                        lists, (Column.ListPart) field.sole().get(), compiler.newBuffer())
                : CompiledLists.of(frame -> UntypedValues.step(frame, rows.value(frame), name));
    }

    CompiledExpression get(CompiledExpression map, CompiledExpression key) {
        if (map instanceof CompiledColumns.OfRow row && key instanceof CompiledExpression.ConstantText name) {
            Optional<CompiledExpression> entry = entry(row, name.text);
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        return CompiledLists.of(frame ->
                key.value(frame) instanceof String name ? UntypedValues.get(frame, map.value(frame), name) : null);
    }
}
