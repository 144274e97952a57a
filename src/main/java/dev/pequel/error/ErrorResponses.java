package dev.pequel.error;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a resource into the one shape of errors. */
@ApplicationScoped
class ErrorResponses {

    static final String REQUEST_ID = "x-request-id";

    private static final Logger LOG = Logger.getLogger(ErrorResponses.class);
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    @ServerExceptionMapper
    Response refused(RequestFailure failure, HttpServerRequest request) {
        String requestId = requestId(request);
        return response(failure.problem().status(), ErrorBody.of(failure, requestId), requestId)
                .build();
    }

    /** What the framework refuses: unknown paths, methods and media types. */
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
        String requestId = requestId(request);
        Problem problem = Problem.of(status);
        ObjectNode body = ErrorBody.of(problem, status, message(problem, status, request), requestId);
        Response.ResponseBuilder response = response(status, body, requestId);
        if (answer.getHeaderString(HttpHeaders.ALLOW) != null) {
            response.header(HttpHeaders.ALLOW, answer.getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }

    /** Named on its own, because dev mode has a page for it that would be chosen otherwise. */
    @ServerExceptionMapper
    Response refused(NotFoundException failure, HttpServerRequest request) {
        return refused((WebApplicationException) failure, request);
    }

    @ServerExceptionMapper
    Response unreadable(JacksonException failure, HttpServerRequest request) {
        return refused(JsonBodyReader.refusal(failure), request);
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, HttpServerRequest request) {
        String requestId = requestId(request);
        if (isDatabaseAway(failure)) {
            LOG.warnf(
                    "%s %s (request %s): the database cannot be used: %s",
                    request.method(), request.path(), requestId, rootMessage(failure));
            Problem problem = Problem.UNAVAILABLE;
            return response(
                            problem.status(),
                            ErrorBody.of(
                                    problem,
                                    problem.status(),
                                    "The database cannot be used at the moment; nothing was changed. Try again later.",
                                    requestId),
                            requestId)
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        LOG.errorf(failure, "%s %s (request %s) failed", request.method(), request.path(), requestId);
        Problem problem = Problem.UNEXPECTED;
        return response(
                        problem.status(),
                        ErrorBody.of(
                                problem,
                                problem.status(),
                                "The service's log tells more under the id of this request.",
                                requestId),
                        requestId)
                .build();
    }

    private static String message(Problem problem, int status, HttpServerRequest request) {
        return switch (problem) {
            case NOT_FOUND -> "There is nothing at " + request.path() + ".";
            case METHOD_NOT_ALLOWED -> request.path() + " has no method " + request.method() + ".";
            case NOT_ACCEPTABLE ->
                "The answer would be of the media type " + MediaType.APPLICATION_JSON + ", which the header `Accept` ("
                        + request.getHeader(HttpHeaders.ACCEPT) + ") leaves out.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "`Content-Type`: "
                        + (request.getHeader(HttpHeaders.CONTENT_TYPE) == null
                                ? "this header is missing"
                                : request.getHeader(HttpHeaders.CONTENT_TYPE) + " is not accepted here")
                        + "; send " + MediaType.APPLICATION_JSON + ".";
            default -> "The request was refused with the status " + status + ".";
        };
    }

    private static Response.ResponseBuilder response(int status, ObjectNode body, String requestId) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(REQUEST_ID, requestId)
                .entity(body);
    }

    /** The client's own id for the request where it sent a usable one, else a new one. */
    static String requestId(HttpServerRequest request) {
        String sent = request.getHeader(REQUEST_ID);
        return sent != null && REQUEST_ID_FORM.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    /**
     * Whether PostgreSQL could not be reached, ended the connection, or undid the transaction for another's sake: then the
     * same request may well succeed later. The classes are PostgreSQL's (appendix A of its manual).
     */
    private static boolean isDatabaseAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state == null) {
                    // Agroal's own exceptions have no state: no connection became free in time, or the pool is closed.
                    return sql.getClass() == SQLException.class;
                }
                if (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P")
                        || state.startsWith("40")) {
                    return true;
                }
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
