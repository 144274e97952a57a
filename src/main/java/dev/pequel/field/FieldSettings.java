package dev.pequel.field;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Lists of fields and their values. */
@ConfigMapping(prefix = "pequel.fields")
interface FieldSettings {

    /** Number of fields, or of values, in a response when the request has no {@code limit}. */
    @WithDefault("50")
    int onPage();

    /** Maximum {@code limit} of a list of fields or values. When exceeded, the response is 400. */
    @WithDefault("500")
    int maxOnPage();

    /**
     * Whether editors may list the values of fields. Values may be personal data. With {@code false}, the response is
     * 403.
     */
    @WithDefault("true")
    boolean values();

    /**
     * Maximum number of distinct values that a field may have for them to be listed. When exceeded, the response is
     * 400.
     */
    @WithDefault("10000")
    int maxDistinctValues();
}
