package dev.pequel.audience;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the {@code /audiences} resource. Lengths count Unicode code points. */
@ConfigMapping(prefix = "pequel.audience")
interface AudienceSettings {

    /** The most audiences of one sandbox. */
    @WithDefault("10000")
    int perSandbox();

    /** The most audiences on a page of the list, whatever the request's {@code limit}. */
    @WithDefault("1000")
    int mostOnPage();

    @WithDefault("256")
    int nameLength();

    @WithDefault("4096")
    int descriptionLength();

    /** The most labels an audience may carry. */
    @WithDefault("100")
    int labels();

    /** Longest label, namespace, merge policy id and the like. */
    @WithDefault("256")
    int identifierLength();

    /** Greatest {@code ttlInDays}. */
    @WithDefault("36500")
    int ttlInDays();

    /** The most ids of one bulk request. */
    @WithDefault("100")
    int bulkIds();

    /** The most operations of a JSON Patch. */
    @WithDefault("1000")
    int patchOperations();

    /** The most filters of one list: {@code property}, {@code name} and {@code description} together. */
    @WithDefault("50")
    int filters();
}
