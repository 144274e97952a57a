/**
 * Expressions of clients: checks them against the schema of a sandbox, evaluates them for a profile in the request,
 * and converts them between text and tree.
 */
package dev.pequel.expression;
