/**
 * The checked form of expressions: {@link dev.pequel.pql.term.Term}s have a type, and conversions are explicit. Also
 * the wording of diagnostics that several checks report.
 */
package dev.pequel.pql.term;
