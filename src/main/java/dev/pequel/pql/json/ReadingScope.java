package dev.pequel.pql.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that are known at a place of a tree, the innermost first, and how many implicit items there are.
 *
 * @param outer empty at the root
 * @param binding the innermost name; empty for an implicit item that the tree gives no name
 * @param depth number of implicit items (filters, arguments of list functions, {@code WHAT})
 */
record ReadingScope(Optional<ReadingScope> outer, Optional<Binding> binding, int depth) {

    static final ReadingScope ROOT = new ReadingScope(Optional.empty(), Optional.empty(), 0);

    /** What a variable of the tree stands for. */
    sealed interface Binding {
        /** The variable as the tree spells it. */
        String variable();

        /** @param name the variable's name in the expression; differs from the tree where that would declare it twice */
        record Local(String variable, String name) implements Binding {}

        /** @param level which implicit item, the outermost has 1 */
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

    /** The variables that can be referred to here, innermost first. */
    List<String> variables() {
        List<String> variables = new ArrayList<>();
        for (ReadingScope scope = this; ; scope = scope.outer.get()) {
            scope.binding.ifPresent(bound -> variables.add(bound.variable()));
            if (scope.outer.isEmpty()) {
                return variables;
            }
        }
    }

    /** Whether a bare {@code name} in the expression would mean a variable. */
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
