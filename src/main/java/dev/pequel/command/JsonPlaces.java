package dev.pequel.command;

import dev.pequel.pql.Span;
import dev.pequel.pql.json.LocatedJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the position of a field that an error message names. */
final class JsonPlaces {

    /** The separators in {@code labels[3]} and {@code expression.value}. */
    private static final Pattern STEPS = Pattern.compile("[.\\[\\]]+");

    private JsonPlaces() {}

    /**
     * Returns the span of a field. For a missing field, returns the span of the innermost value that would contain it.
     * The span of an object or array is its first character.
     *
     * @param field such as {@code expression.value} or {@code labels[3]}, or a JSON Pointer
     */
    static Span of(LocatedJson value, String field) {
        Deque<String> steps = new ArrayDeque<>(field.startsWith("/") ? pointer(field) : List.of(STEPS.split(field)));
        LocatedJson found = value;
        while (!steps.isEmpty()) {
            LocatedJson next = child(found, steps.pop());
            if (next == null) {
                break;
            }
            found = next;
        }
        Span span = found.span();
        return found instanceof LocatedJson.Members || found instanceof LocatedJson.Items
                ? new Span(span.line(), span.column(), span.offset(), 1)
                : span;
    }

    private static List<String> pointer(String pointer) {
        return List.of(pointer.substring(1).split("/")).stream()
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** Returns a member or item; null if there is none. */
    private static LocatedJson child(LocatedJson value, String step) {
        return switch (value) {
            case LocatedJson.Members object -> object.members().get(step);
            case LocatedJson.Items array
            when step.matches("\\d{1,9}")
                    && Integer.parseInt(step) < array.items().size() ->
                array.items().get(Integer.parseInt(step));
            default -> null;
        };
    }
}
