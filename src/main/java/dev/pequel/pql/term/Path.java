package dev.pequel.pql.term;

import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.TypeRules;
import java.util.Optional;

/**
 * The path of a value in the data, as far as it is known.
 *
 * @param text dotted names from the input; empty for the profile itself, absent for computed values
 * @param crossings the number of lists and maps that the path crosses
 */
public record Path(Optional<String> text, int crossings) {

    public static final Path COMPUTED = new Path(Optional.empty(), 0);
    public static final Path PROFILE = new Path(Optional.of(""), 0);

    public static Path input(String name) {
        return new Path(Optional.of(name), 0);
    }

    public Path step(String name) {
        return new Path(text.map(start -> start.isEmpty() ? name : start + "." + name), crossings);
    }

    /** Returns the path of the items of a list or the values of a map. A list made by a path is already crossed. */
    public Path item(Type container) {
        return new Path(text, TypeRules.isPathMade(container) ? crossings : crossings + 1);
    }

    /**
     * Returns the path of a field.
     *
     * @param flattens whether the target is a list and the field of its items is one too
     */
    public Path field(String name, Type target, boolean flattens) {
        int more = target instanceof MapOf || target instanceof ListOf && !TypeRules.isPathMade(target) ? 1 : 0;
        return new Path(step(name).text(), crossings + more + (flattens ? 1 : 0));
    }

    /** Returns the path of the separate list that a function makes of the list at this path. */
    public Path asList(Type list) {
        return new Path(text, TypeRules.isPathMade(list) ? crossings - 1 : crossings);
    }

    public boolean isRoot() {
        return text.isPresent() && text.get().isEmpty();
    }
}
