package dev.pequel.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.request.JsonBodyReader;
import dev.pequel.problem.ErrorBody;
import dev.pequel.problem.Forbidden;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotImplemented;
import dev.pequel.problem.Problem;
import dev.pequel.problem.RequestFailure;
import dev.pequel.problem.TookTooLong;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Maps exceptions of resources to error responses. */
@ApplicationScoped
class ErrorResponses {

    private static final Logger LOG = Logger.getLogger(ErrorResponses.class);

    /** Classes of SQL states for {@link #isDatabaseAway} (appendix A of PostgreSQL's manual). */
    private static final List<String> AWAY = List.of("08", "53", "57P", "40");

    private final RequestId requestId;

    ErrorResponses(RequestId requestId) {
        this.requestId = requestId;
    }

    @ServerExceptionMapper
    Response refused(RequestFailure failure) {
        Response.ResponseBuilder response =
                response(failure.problem().status(), ErrorBody.of(failure, requestId.value()));
        failure.retryAfter().ifPresent(time -> response.header(HttpHeaders.RETRY_AFTER, seconds(time)));
        if (failure instanceof NotImplemented) {
            response.header(HttpHeaders.LINK, "<" + NotImplemented.TABLE + ">; rel=\"help\"");
        }
        return response.build();
    }

    /** Converts to the unit of the header {@code Retry-After}: whole seconds, at least 1. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
    }

    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException failure) {
        return challenge("Bearer", "This service requires a bearer token in the header `Authorization`.");
    }

    @ServerExceptionMapper
    Response unauthenticated(AuthenticationFailedException failure, HttpServerRequest request) {
        // The reason is only logged, as it would help to forge tokens. Only the types of the exceptions are logged,
        // because their messages contain the token, which may be valid elsewhere.
        LOG.debugf(
                "%s %s (request %s): the token is refused: %s",
                request.method(),
                request.path(),
                requestId.value(),
                chain(failure).map(cause -> cause.getClass().getSimpleName()).collect(Collectors.joining(", ")));
        return challenge(
                "Bearer error=\"invalid_token\"",
                "`Authorization`: the token has expired, or it is not one that this service accepts.");
    }

    private Response challenge(String challenge, String message) {
        return response(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.status(), message)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure) {
        return refused(new Forbidden("The caller does not have the role that this request requires."));
    }

    @ServerExceptionMapper
    Response issuerIsAway(OIDCException failure, HttpServerRequest request) {
        LOG.warnf(
                "%s %s (request %s): tokens cannot be verified: %s",
                request.method(), request.path(), requestId.value(), rootMessage(failure));
        return response(
                        Problem.UNAVAILABLE,
                        Problem.UNAVAILABLE.status(),
                        "Tokens cannot be verified at the moment; nothing was changed. Try again later.")
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build();
    }

    /** Maps refusals of the framework: unknown paths, methods and media types. */
    @ServerExceptionMapper
    Response refused(WebApplicationException failure, HttpServerRequest request) {
        Response answer = failure.getResponse();
        int status = answer.getStatus();
        if (status < 400) {
            return answer;
        }
        if (status >= 500) {
            return unexpected(failure, request);
        }
        // The framework responds with 404 instead of 405 when several resources share a path prefix.
        Set<String> allowed =
                status == 404 || status == 405 ? AllowedMethods.at(CurrentRequestManager.get()) : Set.of();
        if (status == 405
                || !allowed.isEmpty() && !allowed.contains(request.method().name())) {
            int notAllowed = Problem.METHOD_NOT_ALLOWED.status();
            return response(
                            Problem.METHOD_NOT_ALLOWED,
                            notAllowed,
                            message(Problem.METHOD_NOT_ALLOWED, notAllowed, request))
                    .header(HttpHeaders.ALLOW, String.join(", ", allowed))
                    .build();
        }
        Problem problem = Problem.of(status);
        return response(problem, status, message(problem, status, request)).build();
    }

    /** A mapper of its own, because dev mode otherwise responds with its page for this exception. */
    @ServerExceptionMapper
    Response refused(NotFoundException failure, HttpServerRequest request) {
        return refused((WebApplicationException) failure, request);
    }

    @ServerExceptionMapper
    Response unreadable(JacksonException failure) {
        return refused(JsonBodyReader.refusal(failure));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, HttpServerRequest request) {
        // The framework parses these headers late and reports malformed values as its own failure.
        for (String header : List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT)) {
            if (failure instanceof IllegalArgumentException && !isMediaType(request.getHeader(header))) {
                return refused(new InvalidRequest(header, "is not a media type: " + request.getHeader(header)));
            }
        }
        if (isStatementTimeout(failure)) {
            LOG.warnf(
                    "%s %s (request %s): a statement exceeded its timeout: %s",
                    request.method(), request.path(), requestId.value(), rootMessage(failure));
            return refused(new TookTooLong("The database statement timed out; nothing was changed."));
        }
        if (isDatabaseAway(failure)) {
            LOG.warnf("%s %s: the database is unavailable: %s", request.method(), request.path(), rootMessage(failure));
            return response(
                            Problem.UNAVAILABLE,
                            Problem.UNAVAILABLE.status(),
                            isInDoubt(failure)
                                    ? "The connection to the database was lost while the request completed; check"
                                            + " whether it was carried out."
                                    : "The database cannot be used at the moment; try again later.")
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        LOG.errorf(failure, "%s %s failed", request.method(), request.path());
        return response(
                        Problem.UNEXPECTED,
                        Problem.UNEXPECTED.status(),
                        "The service's log has details under the id of this request.")
                .build();
    }

    /** @param value the value of the header, or null */
    private static boolean isMediaType(String value) {
        try {
            for (String part : value == null ? new String[0] : value.split(",")) {
                MediaType.valueOf(part.strip());
            }
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String message(Problem problem, int status, HttpServerRequest request) {
        return switch (problem) {
            case NOT_FOUND -> "There is nothing at " + request.path() + ".";
            case METHOD_NOT_ALLOWED -> request.path() + " does not support the method " + request.method() + ".";
            case NOT_ACCEPTABLE ->
                "The response has the media type " + MediaType.APPLICATION_JSON + ", which the header `Accept` ("
                        + request.getHeader(HttpHeaders.ACCEPT) + ") excludes.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "`Content-Type`: "
                        + (request.getHeader(HttpHeaders.CONTENT_TYPE) == null
                                ? "this header is missing"
                                : request.getHeader(HttpHeaders.CONTENT_TYPE) + " is not accepted here")
                        + "; send " + MediaType.APPLICATION_JSON + ".";
            default -> "The request was refused with the status " + status + ".";
        };
    }

    private Response.ResponseBuilder response(Problem problem, int status, String message) {
        return response(status, ErrorBody.of(problem, status, message, requestId.value()));
    }

    private Response.ResponseBuilder response(int status, ObjectNode body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    }

    /**
     * Whether PostgreSQL could not be reached, ended the connection, or rolled the transaction back because of a
     * concurrent one. In these cases a retry can succeed.
     */
    static boolean isDatabaseAway(Throwable failure) {
        return chain(failure)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && (sql.getSQLState() == null
                                // An exception of Agroal: no connection became free in time, or the pool is closed.
                                ? sql.getClass() == SQLException.class
                                : AWAY.stream().anyMatch(sql.getSQLState()::startsWith)));
    }

    /** Whether the connection was lost during a commit, so that the outcome of the transaction is unknown. */
    private static boolean isInDoubt(Throwable failure) {
        return chain(failure).anyMatch(RollbackException.class::isInstance);
    }

    /** Returns a failure, its causes, and their suppressed exceptions, which failed commits report. */
    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> Stream.concat(
                        Stream.of(cause), Arrays.stream(cause.getSuppressed()).flatMap(ErrorResponses::chain)));
    }

    /** Whether PostgreSQL cancelled a statement because of the statement timeout. */
    private static boolean isStatementTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "57014".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
