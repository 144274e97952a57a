/**
 * Expressions as clients send them: in text or as a tree, checked against the schema of their sandbox, tried on a profile and
 * converted from one form to the other.
 */
package dev.pequel.expression;
