package dev.pequel.expression.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of an expression. */
@ConfigMapping(prefix = "pequel.pql")
interface PqlSettings {

    /**
     * Maximum length of an expression, in characters; a {@code pql/json} tree may have 16 times as many. When
     * exceeded, the expression is refused with a diagnostic.
     */
    @WithDefault("65536")
    int length();

    /**
     * Maximum nesting depth of functions, lists and the like in an expression. When exceeded, the expression is
     * refused with a diagnostic.
     */
    @WithDefault("200")
    int depth();

    /** Maximum number of items of a list literal. When exceeded, the expression is refused with a diagnostic. */
    @WithDefault("10000")
    int listItems();
}
