/**
 * The Profile Query Language, from text to compiled evaluation. Plain Java: no framework, no database, and nothing else
 * of this project except the columns in {@link dev.pequel.column} that expressions are evaluated on.
 */
package dev.pequel.pql;
