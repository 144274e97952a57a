/**
 * The checked form of expressions: {@link dev.pequel.pql.term.Term}s have a type, and conversions are explicit. Diagnostics of
 * the checker are worded here, since checks of any kind report them.
 */
package dev.pequel.pql.term;
