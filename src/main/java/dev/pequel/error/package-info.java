/**
 * Failures of requests, and their responses, which all have the same JSON shape.
 *
 * <p>Other packages throw a {@link dev.pequel.error.RequestFailure}; only this package writes error responses.
 */
package dev.pequel.error;
