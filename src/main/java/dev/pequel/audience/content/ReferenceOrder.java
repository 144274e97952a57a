package dev.pequel.audience.content;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The order in which audiences that refer to each other can be stored. */
public final class ReferenceOrder {

    private ReferenceOrder() {}

    /**
     * Sorts items so that each comes after its dependencies; otherwise the order is kept. In a cycle, the dependency
     * that closes it is ignored. Dependencies that are not among the items are added.
     *
     * @param dependencies is called once per item
     */
    public static <T> List<T> dependenciesFirst(
            Collection<T> items, Function<T, ? extends Collection<T>> dependencies) {
        Set<T> ordered = new LinkedHashSet<>();
        Set<T> begun = new HashSet<>();
        // A stack of its own, because a chain of references may be longer than the stack of a thread allows.
        Deque<T> open = new ArrayDeque<>();
        for (T item : items) {
            open.push(item);
            while (!open.isEmpty()) {
                T next = open.peek();
                if (begun.add(next)) {
                    List.copyOf(dependencies.apply(next)).reversed().stream()
                            .filter(dependency -> !begun.contains(dependency))
                            .forEach(open::push);
                } else {
                    ordered.add(open.pop());
                }
            }
        }
        return List.copyOf(ordered);
    }
}
