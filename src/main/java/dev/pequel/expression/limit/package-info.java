/** Limits of expressions in size, time, and number at once. */
package dev.pequel.expression.limit;
