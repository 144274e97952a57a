package dev.pequel.preview;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of counting the profiles of expressions. */
@ConfigMapping(prefix = "pequel.pql")
interface CountSettings {

    /** Maximum number of expressions of a request that counts profiles. When exceeded, the response is 400. */
    @WithDefault("10")
    int countedExpressions();

    /**
     * Maximum number of parts, of all expressions together, that a request counts profiles for. When exceeded, the
     * response is 400.
     */
    @WithDefault("500")
    int countedParts();
}
