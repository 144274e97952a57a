package dev.pequel.field;

import dev.pequel.pql.syntax.token.Names;
import dev.pequel.pql.type.Type;
import java.util.List;

/**
 * A field of profiles, or of the items of their lists.
 *
 * @param names the names of the path from the profile, at least one
 * @param type the type of the path in an expression, by the schema or else by the data
 * @param inSchema whether the schema has the field
 */
record Field(List<String> names, Type type, boolean inSchema) {

    Field {
        names = List.copyOf(names);
    }

    /** Returns the path as it is written in an expression. */
    String path() {
        StringBuilder path = new StringBuilder(Names.bare(names.getFirst()));
        names.stream().skip(1).forEach(name -> path.append('.').append(Names.afterDot(name)));
        return path.toString();
    }
}
