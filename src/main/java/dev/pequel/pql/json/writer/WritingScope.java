package dev.pequel.pql.json.writer;

import java.util.ArrayList;
import java.util.List;

/**
 * The names visible at a position of the expression being written.
 *
 * @param variables the visible variables
 * @param items the names given to the implicit items, outermost first
 */
record WritingScope(List<String> variables, List<String> items) {

    static final WritingScope ROOT = new WritingScope(List.of(), List.of());

    WritingScope with(String variable) {
        return new WritingScope(added(variables, variable), items);
    }

    WritingScope inItem(String name) {
        return new WritingScope(variables, added(items, name));
    }

    private static List<String> added(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }
}
