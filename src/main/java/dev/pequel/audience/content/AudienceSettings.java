package dev.pequel.audience.content;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the {@code /audiences} resource. Lengths count Unicode code points. */
@ConfigMapping(prefix = "pequel.audience")
public interface AudienceSettings {

    /** Maximum number of audiences of a sandbox. When exceeded, the response is 409. */
    @WithDefault("10000")
    int perSandbox();

    /**
     * Maximum number of audiences on a page of the list. A greater {@code limit} is reduced to it, and {@code next}
     * leads to the rest.
     */
    @WithDefault("1000")
    int maxOnPage();

    /** Maximum length of the name of an audience, in characters. When exceeded, the response is 400. */
    @WithDefault("256")
    int nameLength();

    /** Maximum length of the description of an audience, in characters. When exceeded, the response is 400. */
    @WithDefault("4096")
    int descriptionLength();

    /** Maximum number of labels, and of tags, of an audience. When exceeded, the response is 400. */
    @WithDefault("100")
    int labels();

    /**
     * Maximum length of a label, a tag, a namespace, a merge policy id and the like, in characters. When exceeded,
     * the response is 400.
     */
    @WithDefault("256")
    int identifierLength();

    /** Maximum value of {@code ttlInDays}, in days. When exceeded, the response is 400. */
    @WithDefault("36500")
    int ttlInDays();

    /** Maximum number of ids in a bulk request for audiences. When exceeded, the response is 400. */
    @WithDefault("100")
    int bulkIds();

    /**
     * Maximum number of operations in a JSON Patch; the patched audience may be as large and as deep as a body. When
     * exceeded, the response is 400.
     */
    @WithDefault("1000")
    int patchOperations();

    /**
     * Maximum number of filters of a list, {@code property}, {@code name} and {@code description} together. When
     * exceeded, the response is 400.
     */
    @WithDefault("50")
    int filters();
}
