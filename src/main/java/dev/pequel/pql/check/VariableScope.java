package dev.pequel.pql.check;

import dev.pequel.pql.term.Path;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.type.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The names and items visible at a position of an expression. Immutable; every construct that binds a name or an item
 * makes a scope inside the current one.
 */
final class VariableScope {

    /** The meaning of a name or an item. */
    record Binding(Term reference, Type type, Path path) {

        /** Returns a new node for every use, because spans are kept by node. */
        Term use() {
            return switch (reference) {
                case Term.Variable variable -> new Term.Variable(variable.slot());
                case Term.Input input -> new Term.Input(input.position());
                default -> throw new IllegalStateException("only variables and inputs are bound: " + reference);
            };
        }
    }

    private enum Kind {
        NAME,
        LATER_NAME,
        ITEM,
        HIDDEN
    }

    private final VariableScope outer;
    private final Kind kind;
    private final String name;
    private final Binding binding;
    private final int slots;

    private VariableScope(VariableScope outer, Kind kind, String name, Binding binding, int slots) {
        this.outer = outer;
        this.kind = kind;
        this.name = name;
        this.binding = binding;
        this.slots = slots;
    }

    /** Returns the outermost scope, in which the profile is the implicit item. */
    static VariableScope ofProfile(Type profile) {
        return new VariableScope(null, Kind.ITEM, "", new Binding(new Term.Input(1), profile, Path.PROFILE), 0);
    }

    /** Adds a name for an input, without a slot. */
    VariableScope input(String inputName, int position, Type type, Path path) {
        return new VariableScope(this, Kind.NAME, inputName, new Binding(new Term.Input(position), type, path), slots);
    }

    /** Adds a variable in the next slot. */
    VariableScope variable(String variable, Type type, Path path) {
        return new VariableScope(
                this, Kind.NAME, variable, new Binding(new Term.Variable(slots), type, path), slots + 1);
    }

    /** Adds names that are declared only further right, for messages about their use. */
    VariableScope later(Collection<String> variables) {
        VariableScope scope = this;
        for (String variable : variables) {
            scope = new VariableScope(scope, Kind.LATER_NAME, variable, binding, slots);
        }
        return scope;
    }

    /**
     * Adds an implicit item in the next slot (P38).
     *
     * @param itemName the name of the item without a declaration (P36); empty for none
     */
    VariableScope item(String itemName, Type type, Path path) {
        return new VariableScope(
                this, Kind.ITEM, itemName, new Binding(new Term.Variable(slots), type, path), slots + 1);
    }

    /** Adds a slot without a name. */
    VariableScope hidden() {
        return new VariableScope(this, Kind.HIDDEN, "", binding, slots + 1);
    }

    /** Returns the slot of the next variable. */
    int nextSlot() {
        return slots;
    }

    Optional<Binding> named(String wanted) {
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            if (scope.kind == Kind.NAME && scope.name.equals(wanted)) {
                return Optional.of(scope.binding);
            }
        }
        return Optional.empty();
    }

    /** Whether the name is declared only further right and cannot be used here. */
    boolean isDeclaredLater(String wanted) {
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            if (scope.name.equals(wanted) && (scope.kind == Kind.NAME || scope.kind == Kind.LATER_NAME)) {
                return scope.kind == Kind.LATER_NAME;
            }
        }
        return false;
    }

    /** Returns the names that can be used here, innermost first. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            if (scope.kind == Kind.NAME) {
                names.add(scope.name);
            }
        }
        return names;
    }

    /** Returns the implicit item this many levels out; 0 is the current one. */
    Optional<Binding> item(int levels) {
        return itemScope(levels).map(scope -> scope.binding);
    }

    Binding currentItem() {
        return item(0).orElseThrow();
    }

    /** Whether the current item has this name (P36). */
    boolean callsItem(String wanted) {
        return itemScope(0).orElseThrow().name.equals(wanted);
    }

    /** Returns how many levels the operator {@code ^} can go up here. */
    int levels() {
        int items = 0;
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            items += scope.kind == Kind.ITEM ? 1 : 0;
        }
        return items - 1;
    }

    private Optional<VariableScope> itemScope(int levels) {
        int left = levels;
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            if (scope.kind == Kind.ITEM && left-- == 0) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
