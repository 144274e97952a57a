/** Writes expressions as {@code pql/json}. */
package dev.pequel.pql.json.writer;
