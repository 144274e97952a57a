/**
 * From text to tree: {@link dev.pequel.pql.syntax.PqlParser} reads, {@link dev.pequel.pql.syntax.PqlWriter} writes. The grammar is
 * {@code antlr/Pql.g4}; the classes generated from it stay behind these two.
 */
package dev.pequel.pql.syntax;
