package dev.pequel.pql.type;

import java.util.ArrayList;
import java.util.List;

/**
 * The inputs of an expression (P1). The first input is always the profile: bare names are its fields, and its type is
 * the profile of the schema.
 *
 * @param profileName another name for the profile, such as {@code profile}; empty for none
 * @param others the inputs from the second one on
 */
public record Inputs(String profileName, List<Input> others) {

    /** Only the profile, as for every segment. */
    public static final Inputs PROFILE = new Inputs("", List.of());

    public Inputs {
        others = List.copyOf(others);
    }

    /**
     * An input.
     *
     * @param name the name of the input; empty when it can only be reached by its position
     * @param type the type, or {@link Type#ANY} when it is unknown
     */
    public record Input(String name, Type type) {}

    /** Returns these inputs with another one added. */
    public Inputs and(String name, Type type) {
        List<Input> more = new ArrayList<>(others);
        more.add(new Input(name, type));
        return new Inputs(profileName, more);
    }

    /** Returns the number of inputs, including the profile. */
    public int size() {
        return others.size() + 1;
    }
}
