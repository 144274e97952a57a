package dev.pequel.nativeimage;

import io.smallrye.config.PropertyName;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map from names of settings with wildcards ({@code quarkus.log.category.*.level}) that also finds what a name matches
 * without a comparison with most of them. In a hash map all names without an index have one hash code, as their equality
 * demands.
 */
final class WildcardValues extends AbstractMap<PropertyName, String> {
    private record Wildcard(String name, String start, String value) {}

    private final Map<PropertyName, String> values;
    private final Map<String, List<Wildcard>> byLastSegment = new HashMap<>();
    private final List<Wildcard> openEnded = new ArrayList<>();

    private WildcardValues(Map<PropertyName, String> values) {
        this.values = values;
        values.forEach((name, value) -> index(name.getName(), value));
    }

    /** The same map, which must be changed through this one from now on. */
    static WildcardValues of(Map<PropertyName, String> values) {
        return values instanceof WildcardValues already ? already : new WildcardValues(values);
    }

    @Override
    public Set<Map.Entry<PropertyName, String>> entrySet() {
        return values.entrySet();
    }

    @Override
    public String get(Object name) {
        return values.get(name);
    }

    /** Adds a value, but changes none. */
    @Override
    public String put(PropertyName name, String value) {
        String before = values.putIfAbsent(name, value);
        if (before != null) {
            throw new IllegalArgumentException(name + " has a value");
        }
        index(name.getName(), value);
        return null;
    }

    private void index(String name, String value) {
        String start = name.substring(0, Math.min(position(name, '*'), position(name, '[')));
        String end = name.substring(1 + Math.max(name.lastIndexOf('*'), name.lastIndexOf(']')));
        (end.indexOf('.') < 0
                        ? openEnded
                        : byLastSegment.computeIfAbsent(lastSegment(end), segment -> new ArrayList<>()))
                .add(new Wildcard(name, start, value));
    }

    /** The same as {@code get(new PropertyName(name))}. */
    String find(String name) {
        String last = lastSegment(name);
        if (last.indexOf('*') >= 0) {
            return get(new PropertyName(name));
        }
        List<Wildcard> found = new ArrayList<>(1);
        addMatching(name, byLastSegment.getOrDefault(last, List.of()), found);
        addMatching(name, openEnded, found);
        return switch (found.size()) {
            case 0 -> null;
            case 1 -> found.getFirst().value();
            // Which one the map finds is its own affair.
            default -> get(new PropertyName(name));
        };
    }

    private static void addMatching(String name, List<Wildcard> wildcards, List<Wildcard> found) {
        boolean exact = name.indexOf('*') < 0;
        for (Wildcard wildcard : wildcards) {
            if ((!exact || name.startsWith(wildcard.start())) && PropertyName.equals(name, wildcard.name())) {
                found.add(wildcard);
            }
        }
    }

    private static String lastSegment(String name) {
        return name.substring(1 + name.lastIndexOf('.'));
    }

    private static int position(String name, char character) {
        int position = name.indexOf(character);
        return position < 0 ? name.length() : position;
    }
}
