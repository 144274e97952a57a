/**
 * Conversion of expressions between text and tree: {@link dev.pequel.pql.syntax.PqlParser} parses,
 * {@link dev.pequel.pql.syntax.PqlWriter} writes. The grammar is {@code antlr/Pql.g4}; the classes generated from it
 * are an implementation detail.
 *
 * <p>Parsing has these stages. Each reports its kind of errors and passes on repaired tokens, so that each mistake is
 * reported once and the text after it is still parsed:
 *
 * <ol>
 *   <li>{@code Scanner}: malformed tokens, such as strings in single quotes and {@code ==}
 *   <li>{@code NestingCheck}: excessive nesting, before any recursive code runs
 *   <li>{@code ForeignSyntaxRepair}: syntax of other languages, such as {@code a is null}
 *   <li>{@code BracketMatcher}: brackets without a partner or of the wrong kind
 *   <li>{@code SoftKeywords}, {@code TimeKeywords}: words that are keywords only in some positions
 *   <li>{@code MissingOperandRepair}: missing values and operators
 *   <li>{@code Grammar} with {@code Recovery}: the generated parser, and the form of larger constructs
 *   <li>{@code TreeBuilder}: the expression, if there are no errors
 * </ol>
 */
package dev.pequel.pql.syntax;
