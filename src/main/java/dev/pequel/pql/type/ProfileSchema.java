package dev.pequel.pql.type;

import dev.pequel.pql.type.Type.ObjectOf;

/**
 * The types of a sandbox's profiles.
 *
 * @param profile the profile; its field {@code xEvent} is the list of experience events
 * @param strict whether a field that is not in the schema is an error; otherwise its type is {@link Type#ANY}
 */
public record ProfileSchema(ObjectOf profile, boolean strict) {}
