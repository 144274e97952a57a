package dev.pequel.expression;

import dev.pequel.http.request.BodyFields;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.Type;
import java.util.Collection;
import java.util.List;

/**
 * Inputs of an expression in addition to the profile (P1 of the language page), named by a request. Their types are
 * unknown.
 */
final class NamedInputs {

    static final int MOST = 16;
    static final int LONGEST_NAME = 256;

    private NamedInputs() {}

    static void checkNames(BodyFields body, Collection<String> names) {
        if (names.size() > MOST) {
            body.refuse("inputs", "has " + names.size() + " inputs, more than the " + MOST + " that are allowed");
        }
        if (names.stream().anyMatch(String::isBlank)) {
            body.refuse("inputs", "has an input without a name");
        }
        if (names.stream().distinct().count() < names.size()) {
            body.refuse("inputs", "names an input twice");
        }
    }

    /** @param names the names in the order of positions, from 2 */
    static Inputs of(List<String> names) {
        Inputs inputs = Inputs.PROFILE;
        for (String name : names) {
            inputs = inputs.and(name, Type.ANY);
        }
        return inputs;
    }
}
