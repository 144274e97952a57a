/**
 * From text to tree and back: {@link dev.pequel.pql.syntax.PqlParser} reads, {@link dev.pequel.pql.syntax.PqlWriter}
 * writes. The grammar is {@code antlr/Pql.g4}; the classes generated from it stay behind these two.
 *
 * <p>Reading has these stages. Each reports what is wrong and passes on words in which it is put right, so that one mistake
 * is told once and everything behind it is still read:
 *
 * <ol>
 *   <li>{@code Scanner}: words that are wrong in themselves, such as strings in single quotes and {@code ==}
 *   <li>{@code NestingCheck}: too much of anything, before something recursive meets it
 *   <li>{@code ForeignSyntaxRepair}: words in an order that other languages have, such as {@code a is null}
 *   <li>{@code BracketMatcher}: brackets without partner or of the wrong kind
 *   <li>{@code SoftKeywords}, {@code TimeKeywords}: words that only their place makes keywords
 *   <li>{@code MissingOperandRepair}: missing values and operators
 *   <li>{@code Grammar} with {@code Recovery}: the generated parser, and the form of larger constructs
 *   <li>{@code TreeBuilder}: the expression, if nothing was wrong
 * </ol>
 */
package dev.pequel.pql.syntax;
