package dev.pequel.audience.store;

import java.util.UUID;

/**
 * Converts between versions of audiences and their entity tags. A tag has the form of a UUID: the first half of the
 * audience's id, followed by its version. A filter by tag can thus search by id and version, and the tag itself is
 * not stored.
 */
final class EntityTags {

    private EntityTags() {}

    /** Returns the tag of a version as in HTTP, with quotes. */
    static String of(UUID id, long version) {
        return "\"" + new UUID(id.getMostSignificantBits(), version) + "\"";
    }

    /** Returns the version in a tag without quotes. */
    static long version(UUID tag) {
        return tag.getLeastSignificantBits();
    }

    /** Returns the lowest id of an audience that can have this tag. */
    static UUID firstId(UUID tag) {
        return new UUID(tag.getMostSignificantBits(), 0);
    }

    /** Returns the highest id of an audience that can have this tag. */
    static UUID lastId(UUID tag) {
        return new UUID(tag.getMostSignificantBits(), -1);
    }
}
