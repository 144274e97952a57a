/**
 * Recognizes common mistakes in the tokens of an expression, reports each with a suggestion, and replaces it, so that the rest is
 * parsed too.
 */
package dev.pequel.pql.syntax.repair;
