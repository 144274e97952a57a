package dev.pequel.audience;

import java.util.UUID;

/**
 * Entity tags of audiences. A tag has the form of a UUID: its first half is the first half of the audience's id, its second half
 * the audience's version. So a tag tells which audiences to look for, and the database need not store it.
 */
final class EntityTags {

    private EntityTags() {}

    /** The tag of a version as HTTP writes it, with quotes. */
    static String of(UUID id, long version) {
        return "\"" + new UUID(id.getMostSignificantBits(), version) + "\"";
    }

    /** The version that a tag, without its quotes, names. */
    static long version(UUID tag) {
        return tag.getLeastSignificantBits();
    }

    /** The first of the ids that an audience with this tag can have. */
    static UUID firstId(UUID tag) {
        return new UUID(tag.getMostSignificantBits(), 0);
    }

    /** The last of the ids that an audience with this tag can have. */
    static UUID lastId(UUID tag) {
        return new UUID(tag.getMostSignificantBits(), -1);
    }
}
