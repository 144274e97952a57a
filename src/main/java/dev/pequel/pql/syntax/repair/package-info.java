/**
 * Recognizes common mistakes in the tokens of an expression. Reports each with a suggestion and replaces it, so that
 * the rest can be parsed.
 */
package dev.pequel.pql.syntax.repair;
