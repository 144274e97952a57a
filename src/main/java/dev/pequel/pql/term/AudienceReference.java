package dev.pequel.pql.term;

import dev.pequel.pql.Span;

/**
 * A position at which an expression refers to another audience.
 *
 * @param audienceId the id as written
 * @param required whether the audience must exist: {@code inSegment} requires it, while a read of
 *     {@code segmentMembership} may also concern audiences of other systems
 * @param span the position of the id
 */
public record AudienceReference(String audienceId, boolean required, Span span) {}
