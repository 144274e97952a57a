/** Functions and operators of the language. */
package dev.pequel.pql.function;
