/**
 * Compiles checked expressions to closures over columns. {@link dev.pequel.pql.compile.Evaluator} evaluates one
 * expression row by row, {@link dev.pequel.pql.compile.SegmentBatch} many segments in one pass; both run the same
 * closures.
 *
 * <p>Reading order: {@code CompiledExpression} (the base of all closures), {@code Compiler} (selects the closure for
 * a term, with a class for each subject: {@code PathCompiler}, {@code TestCompiler} ...), then the closures:
 * {@code CompiledColumns}, {@code CompiledComparisons}, {@code CompiledStrings}, {@code CompiledLists},
 * {@code Quantifiers}, {@code TimeWindows}. Where the columns determine the types, closures work on primitive values;
 * otherwise on objects, by the rules in {@code UntypedValues}.
 */
package dev.pequel.pql.compile;
