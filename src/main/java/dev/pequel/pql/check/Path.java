package dev.pequel.pql.check;

import dev.pequel.pql.check.Type.ListOf;
import dev.pequel.pql.check.Type.MapOf;
import java.util.Optional;

/**
 * Where a value comes from in the data, as far as that can be said.
 *
 * @param text dotted names from the input; empty for the profile itself, absent for computed values
 * @param crossings how many lists and maps lie on the way
 */
record Path(Optional<String> text, int crossings) {

    static final Path COMPUTED = new Path(Optional.empty(), 0);
    static final Path PROFILE = new Path(Optional.of(""), 0);

    static Path input(String name) {
        return new Path(Optional.of(name), 0);
    }

    Path step(String name) {
        return new Path(text.map(start -> start.isEmpty() ? name : start + "." + name), crossings);
    }

    /** The path of an item of a list, or of the values of a map, of this path. A path-made list is crossed already. */
    Path item(Type container) {
        return new Path(text, TypeRules.isPathMade(container) ? crossings : crossings + 1);
    }

    /**
     * The path of a field.
     *
     * @param flattens whether the target is a list and the field of each item a list too
     */
    Path field(String name, Type target, boolean flattens) {
        int more = target instanceof MapOf || target instanceof ListOf && !TypeRules.isPathMade(target) ? 1 : 0;
        return new Path(step(name).text(), crossings + more + (flattens ? 1 : 0));
    }

    /** The path of a list of its own that a function makes of the list of this path. */
    Path asList(Type list) {
        return new Path(text, TypeRules.isPathMade(list) ? crossings - 1 : crossings);
    }

    boolean isRoot() {
        return text.isPresent() && text.get().isEmpty();
    }
}
