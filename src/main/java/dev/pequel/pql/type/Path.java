package dev.pequel.pql.type;

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

    /** The same data one list or map further in. */
    Path crossing() {
        return new Path(text, crossings + 1);
    }

    boolean isRoot() {
        return text.isPresent() && text.get().isEmpty();
    }
}
