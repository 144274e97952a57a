package dev.pequel.preview;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of counting the profiles of expressions. */
@ConfigMapping(prefix = "pequel.pql")
interface CountSettings {

    /** Maximum number of expressions in a request to {@code /pql/count}. When exceeded, the response is 400. */
    @WithDefault("10")
    int countedExpressions();

    /**
     * Maximum number of parts that a request to {@code /pql/count} counts, in all its expressions together. When
     * exceeded, the response is 400.
     */
    @WithDefault("500")
    int countedParts();
}
