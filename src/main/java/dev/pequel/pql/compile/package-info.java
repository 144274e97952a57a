/**
 * From a checked expression to compiled closures over columns. {@link dev.pequel.pql.compile.Evaluator} evaluates one expression
 * row by row, {@link dev.pequel.pql.compile.SegmentBatch} many segments in one pass; both run the same closures.
 *
 * <p>Reading order: {@code CompiledExpression} (what a closure is), {@code Compiler} (which closure a term becomes; one class more for each
 * subject: {@code PathCompiler}, {@code TestCompiler} ...), then the closures themselves: {@code CompiledColumns}, {@code CompiledComparisons},
 * {@code CompiledStrings}, {@code CompiledLists}, {@code Quantifiers}, {@code TimeWindows}. Where the kinds of the values involved are known from the
 * columns, closures work on primitive values; otherwise on objects, by the rules in {@code UntypedValues}.
 */
package dev.pequel.pql.compile;
