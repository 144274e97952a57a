/**
 * What is wrong with a request, and how the client is told: one JSON shape for every failure, whoever noticed it.
 *
 * <p>Code anywhere throws a {@link dev.pequel.error.RequestFailure}; nothing else in the project writes an error response.
 */
package dev.pequel.error;
