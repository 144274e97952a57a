/**
 * The Profile Query Language, from text to compiled evaluation. Plain Java without a framework or a database. Of this
 * project, it uses only the columns in {@link dev.pequel.column} on which expressions are evaluated.
 */
package dev.pequel.pql;
