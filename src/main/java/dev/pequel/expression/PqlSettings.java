package dev.pequel.expression;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What one expression may cost. An expression beyond a limit is refused with a diagnostic. */
@ConfigMapping(prefix = "pequel.pql")
interface PqlSettings {

    /** Characters of an expression in text; a tree ({@code pql/json}) may have 16 times as many. */
    @WithDefault("65536")
    int length();

    /** Levels to which functions, lists and the like may contain each other. */
    @WithDefault("200")
    int depth();

    /** Items of one list literal. */
    @WithDefault("10000")
    int listItems();
}
