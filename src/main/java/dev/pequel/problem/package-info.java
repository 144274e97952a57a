/**
 * Failures of requests. Services throw a {@link dev.pequel.problem.RequestFailure}, which {@code http} turns into a
 * response. {@link dev.pequel.problem.ErrorBody} is the JSON shape of all error responses.
 */
package dev.pequel.problem;
