package dev.pequel.column;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns on which expressions are evaluated. Row numbers are the ordinals of the profiles, dense and from 0.
 *
 * @param size number of profiles
 * @param inputs the inputs by position (position 1 has the profiles); each column has a row for each profile
 * @param context data passed with a request, by schema identifier; columns with one row, which applies to all
 *     profiles
 */
public record Snapshot(int size, List<Column> inputs, Map<String, Column> context) {

    public Snapshot {
        inputs = List.copyOf(inputs);
        context = Map.copyOf(context);
        for (Column input : inputs) {
            if (input.size() != size) {
                throw new IllegalArgumentException("an input has " + input.size() + " rows instead of " + size);
            }
        }
    }

    /** Creates a snapshot whose only input is the profiles. */
    public static Snapshot ofProfiles(Column profiles) {
        return new Snapshot(profiles.size(), List.of(profiles), Map.of());
    }

    /**
     * Creates a snapshot of profiles whose fields have different sources.
     *
     * @param profiles objects, one for each row, of {@link ColumnBuilder#ofStoredDocuments}
     * @param fields columns with the same rows, such as {@code xEvent}; they replace fields of the same name
     * @throws IllegalArgumentException when the column of the profiles has anything but an {@link Column.ObjectPart}
     */
    public static Snapshot ofProfiles(Column profiles, Map<String, Column> fields) {
        Bits.Builder every = new Bits.Builder();
        for (int row = 0; row < profiles.size(); row++) {
            every.set(row);
        }
        Map<String, Column> all = new LinkedHashMap<>();
        for (Column.Part part : profiles.parts()) {
            all.putAll(objects(part).fields());
        }
        all.putAll(fields);
        Column.ObjectPart root = new Column.ObjectPart(every.build(profiles.size()), all);
        return ofProfiles(new Column(profiles.size(), List.of(root)));
    }

    private static Column.ObjectPart objects(Column.Part profiles) {
        if (profiles instanceof Column.ObjectPart objects) {
            return objects;
        }
        throw new IllegalArgumentException(
                "profiles are objects and not " + profiles.getClass().getSimpleName());
    }

    /** Returns the column of an input; empty when the snapshot has no input at this position (from 1). */
    public Optional<Column> input(int position) {
        return position <= inputs.size() ? Optional.of(inputs.get(position - 1)) : Optional.empty();
    }

    /** Returns the heap taken by all values, in bytes. */
    public long bytes() {
        return inputs.stream().mapToLong(Column::bytes).sum()
                + context.values().stream().mapToLong(Column::bytes).sum();
    }
}
