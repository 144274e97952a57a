package dev.pequel.http;

import dev.pequel.problem.ErrorBody;
import dev.pequel.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;

/** Sends error responses from filters, before a request reaches a resource. */
public final class EarlyRefusal {

    private EarlyRefusal() {}

    /** Ends a request that already has an id. */
    public static void end(RoutingContext request, Problem problem, String message) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .end(ErrorBody.of(problem, problem.status(), message, RequestIds.of(request))
                        .toString());
    }
}
