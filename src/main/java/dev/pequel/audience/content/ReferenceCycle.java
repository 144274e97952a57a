package dev.pequel.audience.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Enforces that no audience refers to itself, directly or through other audiences. */
public final class ReferenceCycle {

    private ReferenceCycle() {}

    /**
     * Describes the cycle that a reference from {@code end} to {@code start} would close.
     *
     * @param dependencies returns the references of several audiences; called once for each level of references
     * @return a sentence for the author of the reference; empty if there is no cycle
     */
    public static Optional<String> find(
            UUID start, UUID end, Function<Collection<UUID>, Map<UUID, List<UUID>>> dependencies) {
        if (start.equals(end)) {
            return Optional.of("An audience cannot refer to itself.");
        }
        // Breadth first, so that the shortest cycle is reported.
        Map<UUID, UUID> cameFrom = new HashMap<>();
        cameFrom.put(start, start);
        Collection<UUID> level = List.of(start);
        while (!level.isEmpty()) {
            Set<UUID> next = new LinkedHashSet<>();
            dependencies.apply(level).forEach((audience, references) -> {
                for (UUID reference : references) {
                    if (cameFrom.putIfAbsent(reference, audience) == null) {
                        next.add(reference);
                    }
                }
            });
            if (cameFrom.containsKey(end)) {
                return Optional.of("The audience would depend on itself: it refers to " + way(cameFrom, start, end));
            }
            level = next;
        }
        return Optional.empty();
    }

    private static String way(Map<UUID, UUID> cameFrom, UUID start, UUID end) {
        List<String> way = new ArrayList<>(List.of("it"));
        for (UUID step = cameFrom.get(end); !step.equals(start); step = cameFrom.get(step)) {
            way.add("`" + step + "`");
        }
        way.add("`" + start + "`");
        return String.join(", which refers to ", way.reversed()) + ".";
    }
}
