/**
 * Failures of requests. Services throw a {@link dev.pequel.problem.RequestFailure}, {@code http} makes a response of it, and
 * {@link dev.pequel.problem.ErrorBody} is the one JSON shape of all error responses.
 */
package dev.pequel.problem;
