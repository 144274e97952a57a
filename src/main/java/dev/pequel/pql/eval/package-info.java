/**
 * From a checked expression to compiled closures over columns. {@link dev.pequel.pql.eval.Evaluator} evaluates one expression
 * row by row, {@link dev.pequel.pql.eval.SegmentBatch} many segments in one pass; both run the same closures.
 *
 * <p>Reading order: {@code Code} (what a closure is), {@code Compiler} (which closure a term becomes; one class more for each
 * subject: {@code PathCompiler}, {@code TestCompiler} ...), then the closures themselves: {@code Columns}, {@code Comparisons},
 * {@code Texts}, {@code Lists}, {@code Loops}, {@code Occurrences}. Where the kinds of the values involved are known from the
 * columns, closures work on primitive values; otherwise on objects, by the rules in {@code Dynamic}.
 */
package dev.pequel.pql.eval;
