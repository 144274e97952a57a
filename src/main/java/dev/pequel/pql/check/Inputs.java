package dev.pequel.pql.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What an expression is a function of (P1). The first input is always the profile: bare names are its fields, and its type
 * is the profile schema's.
 *
 * @param profileName a further name for the profile, such as {@code profile}; empty for none
 * @param others the inputs from the second one on
 */
public record Inputs(String profileName, List<Input> others) {

    /** The profile alone, as for every segment. */
    public static final Inputs PROFILE = new Inputs("", List.of());

    public Inputs {
        others = List.copyOf(others);
    }

    /**
     * One input.
     *
     * @param name the root name that stands for it; empty when it is reached by its position only
     * @param type {@link Type#ANY} when nothing is known about it
     */
    public record Input(String name, Type type) {}

    /** These inputs and one more. */
    public Inputs and(String name, Type type) {
        List<Input> more = new ArrayList<>(others);
        more.add(new Input(name, type));
        return new Inputs(profileName, more);
    }

    /** Number of inputs, the profile included. */
    public int size() {
        return others.size() + 1;
    }
}
