package dev.pequel.problem;

import java.util.Arrays;

/** The kinds of failure, each with a status and a code for clients. */
public enum Problem {
    INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
    INVALID_EXPRESSION(400, "invalid-expression", "The expression is not valid"),
    UNAUTHENTICATED(401, "unauthenticated", "The caller is not authenticated"),
    FORBIDDEN(403, "forbidden", "The caller may not do this"),
    NOT_FOUND(404, "not-found", "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The resource does not support this method"),
    NOT_ACCEPTABLE(406, "not-acceptable", "The resource cannot be represented in an accepted media type"),
    BODY_TOO_SLOW(408, "body-too-slow", "The request's body took too long to arrive"),
    CONFLICT(409, "conflict", "The request conflicts with stored data"),
    PRECONDITION_FAILED(412, "precondition-failed", "The resource does not have the expected version"),
    BODY_TOO_LARGE(413, "body-too-large", "The request's body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The request's body is of a media type that is not accepted"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "There are too many requests"),
    UNEXPECTED(500, "unexpected", "The request failed for an unexpected reason"),
    NOT_IMPLEMENTED(501, "not-implemented", "Pequel does not support this operation"),
    UNAVAILABLE(503, "unavailable", "The service cannot answer at the moment"),
    TOOK_TOO_LONG(503, "took-too-long", "The request took too long");

    private final int status;
    private final String code;
    private final String title;

    Problem(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    /** Returns the kind of a failure with a status. */
    public static Problem of(int status) {
        return Arrays.stream(values())
                .filter(problem -> problem.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST : UNEXPECTED);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    String title() {
        return title;
    }
}
