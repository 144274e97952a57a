/**
 * The schema of a sandbox's profiles. Expressions are checked leniently against a built-in schema, or strictly
 * against a stored one.
 */
package dev.pequel.schema;
