package dev.pequel.segmentation.evaluation;

import dev.pequel.pql.term.CheckedExpression;
import java.util.Set;
import java.util.UUID;

/**
 * A segment definition to evaluate.
 *
 * @param dependencies the audiences that the expression refers to
 */
record Segment(UUID id, CheckedExpression expression, Set<UUID> dependencies) {}
