package dev.pequel.audience.content;

/**
 * What an audience may consist of. Lengths count Unicode code points.
 *
 * @param labels the most labels, and the most tags
 * @param identifierLength of labels, namespaces, merge policy ids and the like
 * @param ttlInDays the greatest
 */
public record ContentLimits(int nameLength, int descriptionLength, int labels, int identifierLength, int ttlInDays) {

    /** Those of {@link AudienceSettings} where nothing is set. */
    public static final ContentLimits DEFAULT = new ContentLimits(256, 4096, 100, 256, 36_500);

    public static ContentLimits of(AudienceSettings settings) {
        return new ContentLimits(
                settings.nameLength(),
                settings.descriptionLength(),
                settings.labels(),
                settings.identifierLength(),
                settings.ttlInDays());
    }
}
