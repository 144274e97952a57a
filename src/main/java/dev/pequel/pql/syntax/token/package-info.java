/** Tokens of an expression: the scanner, and words that are keywords only in some positions. */
package dev.pequel.pql.syntax.token;
