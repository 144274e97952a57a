package dev.pequel.pql.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in an expression its writing is.
 *
 * @param variables those that are visible
 * @param items the names given to the implicit items, outermost first
 */
record Place(List<String> variables, List<String> items) {

    static final Place ROOT = new Place(List.of(), List.of());

    Place with(String variable) {
        return new Place(added(variables, variable), items);
    }

    Place inItem(String name) {
        return new Place(variables, added(items, name));
    }

    private static List<String> added(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }
}
