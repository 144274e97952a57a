package dev.pequel.pql.check;

import dev.pequel.pql.Span;

/**
 * A place at which an expression refers to another audience.
 *
 * @param audienceId the id as written
 * @param required whether the audience must exist: {@code inSegment} requires it, while a look into {@code
 *     segmentMembership} may also concern audiences that live elsewhere
 * @param span where the id is written
 */
public record AudienceReference(String audienceId, boolean required, Span span) {}
