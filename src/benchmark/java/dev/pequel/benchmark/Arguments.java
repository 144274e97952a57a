package dev.pequel.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The command line of a benchmark: arguments of the form {@code name=value} or {@code --name=value}. */
public final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param names the arguments that the benchmark has
     * @throws IllegalArgumentException when an argument is malformed or has another name
     */
    public static Arguments parse(String[] commandLine, Set<String> names) {
        Map<String, String> values = new HashMap<>();
        for (String argument : commandLine) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (pair.length < 2 || !names.contains(pair[0])) {
                throw new IllegalArgumentException(
                        argument + " is not name=value with one of the names " + new TreeSet<>(names));
            }
            values.put(pair[0], pair[1]);
        }
        return new Arguments(values);
    }

    public String text(String name, String defaultValue) {
        return values.getOrDefault(name, defaultValue);
    }

    public int number(String name, int defaultValue) {
        return Integer.parseInt(values.getOrDefault(name, String.valueOf(defaultValue)));
    }

    /** A value whose items are separated by commas. */
    public List<String> list(String name, String defaultValue) {
        return List.of(text(name, defaultValue).split(","));
    }
}
