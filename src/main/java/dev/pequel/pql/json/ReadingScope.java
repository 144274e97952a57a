package dev.pequel.pql.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names visible at a position of a tree, and the number of implicit items around it.
 *
 * @param outer the surrounding scope; empty at the root
 * @param binding the innermost name; empty for an implicit item without a name in the tree
 * @param depth number of implicit items (filters, arguments of list functions, {@code WHAT})
 */
record ReadingScope(Optional<ReadingScope> outer, Optional<Binding> binding, int depth) {

    static final ReadingScope ROOT = new ReadingScope(Optional.empty(), Optional.empty(), 0);

    /** The meaning of a variable of the tree. */
    sealed interface Binding {
        /** Returns the name of the variable in the tree. */
        String variable();

        /**
         * @param name the name of the variable in the expression; differs from the name in the tree where the tree
         *     declares it twice
         */
        record Local(String variable, String name) implements Binding {}

        /** @param level the level of the implicit item; the outermost has 1 */
        record Item(String variable, int level) implements Binding {}
    }

    ReadingScope local(String variable, String name) {
        return new ReadingScope(Optional.of(this), Optional.of(new Binding.Local(variable, name)), depth);
    }

    ReadingScope item(String variable) {
        return new ReadingScope(Optional.of(this), Optional.of(new Binding.Item(variable, depth + 1)), depth + 1);
    }

    ReadingScope namelessItem() {
        return new ReadingScope(Optional.of(this), Optional.empty(), depth + 1);
    }

    Optional<Binding> find(String variable) {
        for (ReadingScope scope = this; ; scope = scope.outer.get()) {
            if (scope.binding.isPresent() && scope.binding.get().variable().equals(variable)) {
                return scope.binding;
            }
            if (scope.outer.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    /** Returns the variables visible here, innermost first. */
    List<String> variables() {
        List<String> variables = new ArrayList<>();
        for (ReadingScope scope = this; ; scope = scope.outer.get()) {
            scope.binding.ifPresent(bound -> variables.add(bound.variable()));
            if (scope.outer.isEmpty()) {
                return variables;
            }
        }
    }

    /** Whether a variable hides a field of the same name, written as a bare name in the expression. */
    boolean hides(String name) {
        for (ReadingScope scope = this; ; scope = scope.outer.get()) {
            if (scope.binding.orElse(null) instanceof Binding.Local local
                    && local.name().equals(name)) {
                return true;
            }
            if (scope.outer.isEmpty()) {
                return false;
            }
        }
    }
}
